//! The hall: the only place that knows every room. It carries things between the doors and the bot,
//! and keeps them safe on disk. `main.rs` is the command line over it; tests use it as a library.

pub mod app;
pub mod clock;
pub mod commands;
pub mod courier;
mod entrance;
mod ledger;
pub mod models;
pub mod settings;
pub mod store;
pub mod switchboard;
pub mod telemetry;

pub use app::App;
pub use clock::Clock;
pub use settings::Settings;
