//! Scenarios, as sentences: the real bot, the demo city, SQLite on disk, real sockets, and a clock
//! held by hand. What the answers say stands in `answers`; how they travel, in the others.

mod across;
mod answers;
mod api;
mod backup;
mod bad_input;
mod call_backs;
mod casework;
mod clerk;
mod danger;
mod desk;
mod events;
mod house;
mod indexed;
mod life;
mod pack;
mod plain;
mod privacy;
mod process;
mod replay;
mod rights;
mod talk;
mod terminal;
mod visitor;
