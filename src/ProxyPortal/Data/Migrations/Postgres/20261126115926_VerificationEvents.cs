using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProxyPortal.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class VerificationEvents : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "last_address",
                table: "devices",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "last_reason",
                table: "devices",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "verification_events",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "bytea", maxLength: 16, nullable: false),
                    last_id = table.Column<byte[]>(type: "bytea", maxLength: 16, nullable: false),
                    first_at = table.Column<long>(type: "bigint", nullable: false),
                    last_at = table.Column<long>(type: "bigint", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    device_id = table.Column<Guid>(type: "uuid", nullable: true),
                    login = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false),
                    proxy_id = table.Column<Guid>(type: "uuid", nullable: false),
                    proxy_name = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    endpoint_id = table.Column<Guid>(type: "uuid", nullable: true),
                    endpoint_name = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true),
                    source = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    scheme = table.Column<int>(type: "integer", nullable: false),
                    reason = table.Column<int>(type: "integer", nullable: false),
                    count = table.Column<int>(type: "integer", nullable: false),
                    from_memory = table.Column<int>(type: "integer", nullable: false),
                    served_stale = table.Column<bool>(type: "boolean", nullable: false),
                    latency_sum_microseconds = table.Column<long>(type: "bigint", nullable: false),
                    latency_max_microseconds = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_verification_events", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "verification_rollups",
                columns: table => new
                {
                    span = table.Column<int>(type: "integer", nullable: false),
                    start = table.Column<long>(type: "bigint", nullable: false),
                    proxy_id = table.Column<Guid>(type: "uuid", nullable: false),
                    endpoint_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reason = table.Column<int>(type: "integer", nullable: false),
                    scheme = table.Column<int>(type: "integer", nullable: false),
                    count = table.Column<long>(type: "bigint", nullable: false),
                    from_memory = table.Column<long>(type: "bigint", nullable: false),
                    latency_sum_microseconds = table.Column<long>(type: "bigint", nullable: false),
                    latency_max_microseconds = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_verification_rollups", x => new { x.span, x.start, x.proxy_id, x.endpoint_id, x.reason, x.scheme });
                });

            migrationBuilder.CreateIndex(
                name: "ix_verification_events_first_at",
                table: "verification_events",
                column: "first_at");

            migrationBuilder.CreateIndex(
                name: "ix_verification_events_reason_first_at",
                table: "verification_events",
                columns: new[] { "reason", "first_at" });

            migrationBuilder.CreateIndex(
                name: "ix_verification_events_user_id_first_at",
                table: "verification_events",
                columns: new[] { "user_id", "first_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "verification_events");

            migrationBuilder.DropTable(
                name: "verification_rollups");

            migrationBuilder.DropColumn(
                name: "last_address",
                table: "devices");

            migrationBuilder.DropColumn(
                name: "last_reason",
                table: "devices");
        }
    }
}
