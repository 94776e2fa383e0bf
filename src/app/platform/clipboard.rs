//! Puts a picture on the clipboard in several forms at once, where the system lets a program do so.

use crate::app::platform::{Clipboard, CopiedPicture};

/// The clipboard of the system.
#[derive(Default)]
pub(crate) struct SystemClipboard {
    #[cfg(all(unix, not(target_vendor = "apple")))]
    x11: Option<clipboard_rs::ClipboardContext>,
}

impl Clipboard for SystemClipboard {
    #[cfg(all(unix, not(target_vendor = "apple")))]
    fn copy_picture(&mut self, picture: &CopiedPicture) -> Result<(), String> {
        use clipboard_rs::{Clipboard as _, ClipboardContent, ClipboardContext};

        // A Wayland window can't own the clipboard of the X server beside it.
        if std::env::var_os("WAYLAND_DISPLAY").is_some() {
            return Err("Wayland".to_owned());
        }
        let context = match self.x11.take() {
            Some(context) => context,
            None => ClipboardContext::new().map_err(|error| error.to_string())?,
        };
        let other = |name: &str, bytes: &[u8]| ClipboardContent::Other(name.to_owned(), bytes.to_owned());
        let contents = vec![
            other("image/png", &picture.png),
            other("image/svg+xml", &picture.svg),
            ClipboardContent::Html(picture.html.clone()),
        ];
        context.set(contents).map_err(|error| error.to_string())?;
        // It answers the programs that paste, so it has to live as long as the picture is on the clipboard.
        self.x11 = Some(context);
        Ok(())
    }

    #[cfg(not(all(unix, not(target_vendor = "apple"))))]
    fn copy_picture(&mut self, _picture: &CopiedPicture) -> Result<(), String> {
        Err("not supported on this system".to_owned())
    }
}
