using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProxyPortal.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class CredentialRules : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "last_used_at",
                table: "users",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "must_change_password",
                table: "users",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "password_revoked_at",
                table: "users",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "device_secrets_only",
                table: "groups",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "hours",
                table: "groups",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "networks",
                table: "groups",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "time_zone",
                table: "groups",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "overlap_hours",
                table: "expiry_policies",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "password_max_age_days",
                table: "expiry_policies",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "endpoints",
                table: "devices",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<long>(
                name: "last_used_at",
                table: "devices",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "networks",
                table: "devices",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<int>(
                name: "schemes",
                table: "devices",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "secret_revoked_at",
                table: "devices",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "former_secrets",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    device_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    stored = table.Column<string>(type: "TEXT", maxLength: 512, nullable: false),
                    replaced_at = table.Column<long>(type: "INTEGER", nullable: false),
                    proves_until = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_former_secrets", x => x.id);
                    table.ForeignKey(
                        name: "fk_former_secrets_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_former_secrets_devices_device_id",
                        column: x => x.device_id,
                        principalTable: "devices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_former_secrets_device_id",
                table: "former_secrets",
                column: "device_id");

            migrationBuilder.CreateIndex(
                name: "ix_former_secrets_user_id_replaced_at",
                table: "former_secrets",
                columns: new[] { "user_id", "replaced_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "former_secrets");

            migrationBuilder.DropColumn(
                name: "last_used_at",
                table: "users");

            migrationBuilder.DropColumn(
                name: "must_change_password",
                table: "users");

            migrationBuilder.DropColumn(
                name: "password_revoked_at",
                table: "users");

            migrationBuilder.DropColumn(
                name: "device_secrets_only",
                table: "groups");

            migrationBuilder.DropColumn(
                name: "hours",
                table: "groups");

            migrationBuilder.DropColumn(
                name: "networks",
                table: "groups");

            migrationBuilder.DropColumn(
                name: "time_zone",
                table: "groups");

            migrationBuilder.DropColumn(
                name: "overlap_hours",
                table: "expiry_policies");

            migrationBuilder.DropColumn(
                name: "password_max_age_days",
                table: "expiry_policies");

            migrationBuilder.DropColumn(
                name: "endpoints",
                table: "devices");

            migrationBuilder.DropColumn(
                name: "last_used_at",
                table: "devices");

            migrationBuilder.DropColumn(
                name: "networks",
                table: "devices");

            migrationBuilder.DropColumn(
                name: "schemes",
                table: "devices");

            migrationBuilder.DropColumn(
                name: "secret_revoked_at",
                table: "devices");
        }
    }
}
