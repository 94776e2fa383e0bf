//! The window driven by role and label, without a screen.

mod arranging;
mod bench;
mod connecting;
mod export;
mod files;
mod in_front;
mod labels;
mod large_files;
mod large_maps;
mod large_saves;
mod links;
mod notes;
mod reading;
mod recovering;
mod remembering;
mod ribbons;
mod work;
mod working;
