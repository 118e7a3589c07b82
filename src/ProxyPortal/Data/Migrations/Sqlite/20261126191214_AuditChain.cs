using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProxyPortal.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AuditChain : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "audit_chain",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    start_id = table.Column<long>(type: "INTEGER", nullable: false),
                    start_hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    removed_until = table.Column<long>(type: "INTEGER", nullable: false),
                    head_id = table.Column<long>(type: "INTEGER", nullable: false),
                    head_hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    mac = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_chain", x => x.id);
                });

            // Whoever rebuilds audit_entries in a later migration makes these anew: SQLite drops them with the table.
            migrationBuilder.Sql("""
                CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries
                BEGIN SELECT RAISE(ABORT, 'Audit entries are only ever added.'); END
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries
                WHEN OLD.id > COALESCE((SELECT removed_until FROM audit_chain), 0)
                BEGIN SELECT RAISE(ABORT, 'Audit entries are only ever added.'); END
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER audit_entries_no_update");
            migrationBuilder.Sql("DROP TRIGGER audit_entries_no_delete");

            migrationBuilder.DropTable(
                name: "audit_chain");
        }
    }
}
