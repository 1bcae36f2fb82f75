-- Once for each database, by someone who owns the server: the database, and two users who may no more than they need.
--   sqlcmd -b -v OwnerPassword="..." AppPassword="..." -i deploy/sqlserver.sql
-- `owner` changes the schema (dotnet ClientVoice.dll migrate, and the first start, for Quartz's tables); `app` is who serves.
-- With managed identity or integrated security: CREATE USER ... FROM EXTERNAL PROVIDER or FOR LOGIN in place of the logins.
IF DB_ID(N'ClientVoice') IS NULL
  CREATE DATABASE ClientVoice;
GO
-- Counting reads one moment while tablets send; readers do not wait for writers.
ALTER DATABASE ClientVoice SET ALLOW_SNAPSHOT_ISOLATION ON;
ALTER DATABASE ClientVoice SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;
GO
IF SUSER_ID(N'owner') IS NULL
  CREATE LOGIN owner WITH PASSWORD = N'$(OwnerPassword)';
IF SUSER_ID(N'app') IS NULL
  CREATE LOGIN app WITH PASSWORD = N'$(AppPassword)';
GO
USE ClientVoice;
GO
IF DATABASE_PRINCIPAL_ID(N'owner') IS NULL
  CREATE USER owner FOR LOGIN owner;
IF DATABASE_PRINCIPAL_ID(N'app') IS NULL
  CREATE USER app FOR LOGIN app;
GO
ALTER ROLE db_ddladmin ADD MEMBER owner;
ALTER ROLE db_datareader ADD MEMBER owner;
ALTER ROLE db_datawriter ADD MEMBER owner;
ALTER ROLE db_datareader ADD MEMBER app;
ALTER ROLE db_datawriter ADD MEMBER app;
GO
-- The audit trail is only added to; what ran of the schema is not the service's to change. Run this file again after the first
-- migration: before it there are no such tables.
IF OBJECT_ID(N'dbo.AuditEvent') IS NOT NULL
  DENY UPDATE, DELETE ON dbo.AuditEvent TO app;
IF OBJECT_ID(N'dbo.SchemaMigration') IS NOT NULL
  DENY INSERT, UPDATE, DELETE ON dbo.SchemaMigration TO app;
GO
