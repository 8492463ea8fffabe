//! The store as its callers see it, on SQLite always and on PostgreSQL when `RENKEI_TEST_POSTGRES` names a server.

mod access;
mod audit;
mod backup;
mod blobs;
mod dialect;
mod feed;
mod guards;
mod harness;
mod jobs;
mod migrations;
mod writes;
