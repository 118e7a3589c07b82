using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProxyPortal.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Management : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "days_from_first_use",
                table: "users",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "owner_id",
                table: "users",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<List<Guid>>(
                name: "role_groups",
                table: "users",
                type: "uuid[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<List<string>>(
                name: "tags",
                table: "users",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<List<string>>(
                name: "scheme_order",
                table: "proxy_endpoints",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<string>(
                name: "tls_name",
                table: "proxy_endpoints",
                type: "character varying(253)",
                maxLength: 253,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "visibility",
                table: "proxy_endpoints",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "contact",
                table: "proxies",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "location",
                table: "proxies",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "description",
                table: "groups",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "device_limit",
                table: "groups",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "devices_need_approval",
                table: "groups",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "grace_days",
                table: "expiry_policies",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<List<DateOnly>>(
                name: "holidays",
                table: "expiry_policies",
                type: "date[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<bool>(
                name: "is_default",
                table: "expiry_policies",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "jitter_days",
                table: "expiry_policies",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "password_history",
                table: "expiry_policies",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "password_min_length",
                table: "expiry_policies",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "spares_days_off",
                table: "expiry_policies",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<List<int>>(
                name: "warn_days_after",
                table: "expiry_policies",
                type: "integer[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<bool>(
                name: "warns_on_the_day",
                table: "expiry_policies",
                type: "boolean",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<long>(
                name: "decided_at",
                table: "devices",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "decided_by",
                table: "devices",
                type: "character varying(256)",
                maxLength: 256,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "decision_reason",
                table: "devices",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_guest",
                table: "devices",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "kind",
                table: "devices",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "note",
                table: "devices",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "request_ends_at",
                table: "devices",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "request_reason",
                table: "devices",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "requested_at",
                table: "devices",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "expires_at",
                table: "caller_keys",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<List<string>>(
                name: "networks",
                table: "caller_keys",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<List<string>>(
                name: "scopes",
                table: "caller_keys",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<byte[]>(
                name: "hash",
                table: "audit_entries",
                type: "bytea",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "created_by",
                table: "api_tokens",
                type: "character varying(256)",
                maxLength: 256,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "expires_at",
                table: "api_tokens",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "last_used_at",
                table: "api_tokens",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "revoked_at",
                table: "api_tokens",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "idempotent_calls",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    token_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    request_digest = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    status = table.Column<int>(type: "integer", nullable: false),
                    sealed_answer = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotent_calls", x => x.id);
                    table.ForeignKey(
                        name: "fk_idempotent_calls_api_tokens_token_id",
                        column: x => x.token_id,
                        principalTable: "api_tokens",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_users_last_used_at",
                table: "users",
                column: "last_used_at");

            migrationBuilder.CreateIndex(
                name: "ix_devices_name",
                table: "devices",
                column: "name");

            migrationBuilder.CreateIndex(
                name: "ix_devices_requested_at",
                table: "devices",
                column: "requested_at");

            migrationBuilder.CreateIndex(
                name: "ix_idempotent_calls_created_at",
                table: "idempotent_calls",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_idempotent_calls_token_id_key",
                table: "idempotent_calls",
                columns: new[] { "token_id", "key" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "idempotent_calls");

            migrationBuilder.DropIndex(
                name: "ix_users_last_used_at",
                table: "users");

            migrationBuilder.DropIndex(
                name: "ix_devices_name",
                table: "devices");

            migrationBuilder.DropIndex(
                name: "ix_devices_requested_at",
                table: "devices");

            migrationBuilder.DropColumn(
                name: "days_from_first_use",
                table: "users");

            migrationBuilder.DropColumn(
                name: "owner_id",
                table: "users");

            migrationBuilder.DropColumn(
                name: "role_groups",
                table: "users");

            migrationBuilder.DropColumn(
                name: "tags",
                table: "users");

            migrationBuilder.DropColumn(
                name: "scheme_order",
                table: "proxy_endpoints");

            migrationBuilder.DropColumn(
                name: "tls_name",
                table: "proxy_endpoints");

            migrationBuilder.DropColumn(
                name: "visibility",
                table: "proxy_endpoints");

            migrationBuilder.DropColumn(
                name: "contact",
                table: "proxies");

            migrationBuilder.DropColumn(
                name: "location",
                table: "proxies");

            migrationBuilder.DropColumn(
                name: "description",
                table: "groups");

            migrationBuilder.DropColumn(
                name: "device_limit",
                table: "groups");

            migrationBuilder.DropColumn(
                name: "devices_need_approval",
                table: "groups");

            migrationBuilder.DropColumn(
                name: "grace_days",
                table: "expiry_policies");

            migrationBuilder.DropColumn(
                name: "holidays",
                table: "expiry_policies");

            migrationBuilder.DropColumn(
                name: "is_default",
                table: "expiry_policies");

            migrationBuilder.DropColumn(
                name: "jitter_days",
                table: "expiry_policies");

            migrationBuilder.DropColumn(
                name: "password_history",
                table: "expiry_policies");

            migrationBuilder.DropColumn(
                name: "password_min_length",
                table: "expiry_policies");

            migrationBuilder.DropColumn(
                name: "spares_days_off",
                table: "expiry_policies");

            migrationBuilder.DropColumn(
                name: "warn_days_after",
                table: "expiry_policies");

            migrationBuilder.DropColumn(
                name: "warns_on_the_day",
                table: "expiry_policies");

            migrationBuilder.DropColumn(
                name: "decided_at",
                table: "devices");

            migrationBuilder.DropColumn(
                name: "decided_by",
                table: "devices");

            migrationBuilder.DropColumn(
                name: "decision_reason",
                table: "devices");

            migrationBuilder.DropColumn(
                name: "is_guest",
                table: "devices");

            migrationBuilder.DropColumn(
                name: "kind",
                table: "devices");

            migrationBuilder.DropColumn(
                name: "note",
                table: "devices");

            migrationBuilder.DropColumn(
                name: "request_ends_at",
                table: "devices");

            migrationBuilder.DropColumn(
                name: "request_reason",
                table: "devices");

            migrationBuilder.DropColumn(
                name: "requested_at",
                table: "devices");

            migrationBuilder.DropColumn(
                name: "expires_at",
                table: "caller_keys");

            migrationBuilder.DropColumn(
                name: "networks",
                table: "caller_keys");

            migrationBuilder.DropColumn(
                name: "scopes",
                table: "caller_keys");

            migrationBuilder.DropColumn(
                name: "hash",
                table: "audit_entries");

            migrationBuilder.DropColumn(
                name: "created_by",
                table: "api_tokens");

            migrationBuilder.DropColumn(
                name: "expires_at",
                table: "api_tokens");

            migrationBuilder.DropColumn(
                name: "last_used_at",
                table: "api_tokens");

            migrationBuilder.DropColumn(
                name: "revoked_at",
                table: "api_tokens");
        }
    }
}
