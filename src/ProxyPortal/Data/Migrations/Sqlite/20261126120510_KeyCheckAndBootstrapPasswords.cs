using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProxyPortal.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class KeyCheckAndBootstrapPasswords : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "bootstrap_password_hash",
                table: "users",
                type: "TEXT",
                maxLength: 512,
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "key_check",
                table: "settings",
                type: "BLOB",
                maxLength: 32,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "bootstrap_password_hash",
                table: "users");

            migrationBuilder.DropColumn(
                name: "key_check",
                table: "settings");
        }
    }
}
