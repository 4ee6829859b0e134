//! The dialogue, told as calls: what the caller does, and what is heard.

mod city;
mod talks;
mod walk;
