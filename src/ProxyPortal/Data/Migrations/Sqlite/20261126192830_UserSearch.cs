using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProxyPortal.Data.Migrations.Sqlite
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

            // Parts of names, found in no time: three characters are enough. The index holds no text of its own, and the rows that tie it to the
            // users have numbers that no VACUUM changes. Triggers keep it, whoever writes.
            migrationBuilder.Sql("CREATE TABLE user_search_rows (row INTEGER PRIMARY KEY, user_id TEXT NOT NULL UNIQUE);");
            migrationBuilder.Sql("CREATE VIRTUAL TABLE user_search USING fts5(user_name, display_name, email, tags, content='', contentless_delete=1, tokenize='trigram');");
            migrationBuilder.Sql("INSERT INTO user_search_rows (user_id) SELECT id FROM users;");
            migrationBuilder.Sql(
                """
                INSERT INTO user_search (rowid, user_name, display_name, email, tags)
                SELECT r.row, u.user_name, u.normalized_display_name, u.normalized_email, u.tags FROM user_search_rows r JOIN users u ON u.id = r.user_id;
                """);
            migrationBuilder.Sql(
                """
                CREATE TRIGGER user_search_insert AFTER INSERT ON users BEGIN
                    INSERT INTO user_search_rows (user_id) VALUES (new.id);
                    INSERT INTO user_search (rowid, user_name, display_name, email, tags)
                    VALUES ((SELECT row FROM user_search_rows WHERE user_id = new.id), new.user_name, new.normalized_display_name, new.normalized_email, new.tags);
                END;
                """);
            migrationBuilder.Sql(
                """
                CREATE TRIGGER user_search_update AFTER UPDATE OF user_name, normalized_display_name, normalized_email, tags ON users
                WHEN old.user_name <> new.user_name OR old.normalized_display_name <> new.normalized_display_name OR old.normalized_email IS NOT new.normalized_email OR old.tags <> new.tags BEGIN
                    DELETE FROM user_search WHERE rowid = (SELECT row FROM user_search_rows WHERE user_id = old.id);
                    INSERT INTO user_search (rowid, user_name, display_name, email, tags)
                    VALUES ((SELECT row FROM user_search_rows WHERE user_id = new.id), new.user_name, new.normalized_display_name, new.normalized_email, new.tags);
                END;
                """);
            migrationBuilder.Sql(
                """
                CREATE TRIGGER user_search_delete AFTER DELETE ON users BEGIN
                    DELETE FROM user_search WHERE rowid = (SELECT row FROM user_search_rows WHERE user_id = old.id);
                    DELETE FROM user_search_rows WHERE user_id = old.id;
                END;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER user_search_insert; DROP TRIGGER user_search_update; DROP TRIGGER user_search_delete; DROP TABLE user_search; DROP TABLE user_search_rows;");

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
