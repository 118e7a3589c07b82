using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProxyPortal.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class PairingLinks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "device_id",
                table: "one_time_links",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_one_time_links_device_id",
                table: "one_time_links",
                column: "device_id");

            migrationBuilder.AddForeignKey(
                name: "fk_one_time_links_devices_device_id",
                table: "one_time_links",
                column: "device_id",
                principalTable: "devices",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_one_time_links_devices_device_id",
                table: "one_time_links");

            migrationBuilder.DropIndex(
                name: "ix_one_time_links_device_id",
                table: "one_time_links");

            migrationBuilder.DropColumn(
                name: "device_id",
                table: "one_time_links");
        }
    }
}
