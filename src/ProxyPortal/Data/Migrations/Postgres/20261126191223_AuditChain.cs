using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProxyPortal.Data.Migrations.Postgres
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
                    id = table.Column<int>(type: "integer", nullable: false),
                    start_id = table.Column<long>(type: "bigint", nullable: false),
                    start_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    removed_until = table.Column<long>(type: "bigint", nullable: false),
                    head_id = table.Column<long>(type: "bigint", nullable: false),
                    head_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    mac = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_chain", x => x.id);
                });

            migrationBuilder.Sql("""
                CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF TG_OP = 'DELETE' AND OLD.id <= COALESCE((SELECT removed_until FROM audit_chain), 0) THEN
                        RETURN OLD;
                    END IF;
                    RAISE EXCEPTION 'Audit entries are only ever added.';
                END $$
                """);
            migrationBuilder.Sql("CREATE TRIGGER audit_entries_only_added BEFORE UPDATE OR DELETE ON audit_entries FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()");
            migrationBuilder.Sql("CREATE TRIGGER audit_entries_no_truncate BEFORE TRUNCATE ON audit_entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER audit_entries_only_added ON audit_entries");
            migrationBuilder.Sql("DROP TRIGGER audit_entries_no_truncate ON audit_entries");
            migrationBuilder.Sql("DROP FUNCTION refuse_audit_change()");

            migrationBuilder.DropTable(
                name: "audit_chain");
        }
    }
}
