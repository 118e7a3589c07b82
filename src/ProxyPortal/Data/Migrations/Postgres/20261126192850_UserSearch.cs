using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProxyPortal.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class UserSearch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_users_created_at",
                table: "users");

            migrationBuilder.DropIndex(
                name: "ix_users_last_used_at",
                table: "users");

            migrationBuilder.DropIndex(
                name: "ix_users_normalized_display_name",
                table: "users");

            migrationBuilder.DropIndex(
                name: "ix_users_valid_until",
                table: "users");

            migrationBuilder.CreateIndex(
                name: "ix_users_deleted_at_created_at_id",
                table: "users",
                columns: new[] { "deleted_at", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_users_deleted_at_last_used_at_id",
                table: "users",
                columns: new[] { "deleted_at", "last_used_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_users_deleted_at_normalized_display_name_id",
                table: "users",
                columns: new[] { "deleted_at", "normalized_display_name", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_users_deleted_at_normalized_email_id",
                table: "users",
                columns: new[] { "deleted_at", "normalized_email", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_users_deleted_at_normalized_user_name",
                table: "users",
                columns: new[] { "deleted_at", "normalized_user_name" });

            migrationBuilder.CreateIndex(
                name: "ix_users_deleted_at_valid_until_id",
                table: "users",
                columns: new[] { "deleted_at", "valid_until", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_users_role",
                table: "users",
                column: "role",
                filter: "role <> 0");

            migrationBuilder.CreateIndex(
                name: "ix_users_suspended_at",
                table: "users",
                column: "suspended_at",
                filter: "suspended_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_users_valid_from",
                table: "users",
                column: "valid_from",
                filter: "valid_from IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_users_without_password",
                table: "users",
                column: "password_hash",
                filter: "password_hash IS NULL");

            // Parts of names, found in no time. The extension is part of every PostgreSQL, but some installations forbid it: the search goes
            // without then, and takes longer.
            migrationBuilder.Sql(
                """
                DO $$ BEGIN
                    CREATE EXTENSION IF NOT EXISTS pg_trgm;
                    CREATE INDEX ix_users_search_user_name ON users USING gin (user_name gin_trgm_ops);
                    CREATE INDEX ix_users_search_display_name ON users USING gin (normalized_display_name gin_trgm_ops);
                    CREATE INDEX ix_users_search_email ON users USING gin (normalized_email gin_trgm_ops);
                EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
                    RAISE NOTICE 'pg_trgm is not available: searching users goes without an index';
                END $$;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP INDEX IF EXISTS ix_users_search_user_name; DROP INDEX IF EXISTS ix_users_search_display_name; DROP INDEX IF EXISTS ix_users_search_email;");

            migrationBuilder.DropIndex(
                name: "ix_users_deleted_at_created_at_id",
                table: "users");

            migrationBuilder.DropIndex(
                name: "ix_users_deleted_at_last_used_at_id",
                table: "users");

            migrationBuilder.DropIndex(
                name: "ix_users_deleted_at_normalized_display_name_id",
                table: "users");

            migrationBuilder.DropIndex(
                name: "ix_users_deleted_at_normalized_email_id",
                table: "users");

            migrationBuilder.DropIndex(
                name: "ix_users_deleted_at_normalized_user_name",
                table: "users");

            migrationBuilder.DropIndex(
                name: "ix_users_deleted_at_valid_until_id",
                table: "users");

            migrationBuilder.DropIndex(
                name: "ix_users_role",
                table: "users");

            migrationBuilder.DropIndex(
                name: "ix_users_suspended_at",
                table: "users");

            migrationBuilder.DropIndex(
                name: "ix_users_valid_from",
                table: "users");

            migrationBuilder.DropIndex(
                name: "ix_users_without_password",
                table: "users");

            migrationBuilder.CreateIndex(
                name: "ix_users_created_at",
                table: "users",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_users_last_used_at",
                table: "users",
                column: "last_used_at");

            migrationBuilder.CreateIndex(
                name: "ix_users_normalized_display_name",
                table: "users",
                column: "normalized_display_name");

            migrationBuilder.CreateIndex(
                name: "ix_users_valid_until",
                table: "users",
                column: "valid_until");
        }
    }
}
