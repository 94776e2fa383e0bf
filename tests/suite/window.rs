//! Tests of the window without a display, driven by role and label.

mod arranging;
mod bench;
mod connecting;
mod exploring;
mod export;
mod files;
mod hiding;
mod importing;
mod in_front;
mod keys_page;
mod labels;
mod large_files;
mod links;
mod making;
mod modal;
mod notes;
mod overview;
mod ranking;
mod reading;
mod recovering;
mod remembering;
mod ribbons;
mod slow;
mod space;
mod time;
mod working;
