//! File metadata that saving keeps, and the warnings about metadata that it can't keep.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown, symlink};
use std::path::Path;
use std::process::Command;

use tieline::save::{Disk, LostMetadata, losses, save_file};

use super::{COMMENTED, folder_with, names_in};

/// Returns whether this test may give files to other users.
fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|meta| meta.uid() == 0)
}

#[test]
fn rights_and_attributes_go_over_to_the_new_file() {
    let (_folder, path) = folder_with(COMMENTED);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o604)).expect("set");
    let has_attributes = xattr::set(&path, "user.origin", b"ledger").is_ok();
    if is_root() {
        chown(&path, Some(1234), Some(4321)).expect("given");
    }
    assert_eq!(losses(&path, &Disk).expect("looked"), []);
    let before = fs::metadata(&path).expect("is there");
    save_file(&path, "new", &Disk).expect("saves");
    let after = fs::metadata(&path).expect("is there");
    assert_ne!(before.ino(), after.ino(), "the file was replaced, not written over");
    assert_eq!((after.mode(), after.uid(), after.gid()), (before.mode(), before.uid(), before.gid()));
    if has_attributes {
        assert_eq!(xattr::get(&path, "user.origin").expect("read").as_deref(), Some(&b"ledger"[..]));
    }
}

#[test]
fn a_list_of_rights_goes_over_to_the_new_file() {
    let (_folder, path) = folder_with(COMMENTED);
    // Version 2: owner rw, the user 1234 rw, group r, mask rw, others nothing.
    let entries: [(u16, u16, u32); 5] =
        [(0x01, 6, u32::MAX), (0x02, 6, 1234), (0x04, 4, u32::MAX), (0x10, 6, u32::MAX), (0x20, 0, u32::MAX)];
    let mut list = 2_u32.to_le_bytes().to_vec();
    for (tag, rights, id) in entries {
        list.extend([&tag.to_le_bytes()[..], &rights.to_le_bytes(), &id.to_le_bytes()].concat());
    }
    if xattr::set(&path, "system.posix_acl_access", &list).is_err() {
        println!("skipped: there are no lists of rights here");
        return;
    }
    save_file(&path, "new", &Disk).expect("saves");
    assert_eq!(xattr::get(&path, "system.posix_acl_access").expect("read"), Some(list));
}

#[test]
fn other_names_of_a_file_are_told_before_it_is_saved() {
    let (folder, path) = folder_with(COMMENTED);
    fs::hard_link(&path, folder.path().join("other")).expect("linked");
    assert_eq!(losses(&path, &Disk).expect("looked"), [LostMetadata::Links(1)]);
    assert_eq!(names_in(folder.path()), ["map.tieline.jsonc", "other"], "looking leaves nothing behind");
    assert_eq!(fs::read_to_string(&path).expect("is there"), COMMENTED);
}

/// Path to which an unprivileged child process, running this same test binary, saves.
const SAVE_TO: &str = "TIELINE_TEST_KEPT";

#[test]
#[ignore = "the process that `what_is_not_ours…` starts"]
fn child_that_saves_what_is_not_its_own() {
    let Some(path) = std::env::var_os(SAVE_TO) else { return };
    let path = Path::new(&path);
    println!("losses {:?}", losses(path, &Disk).expect("looked"));
    save_file(path, "new", &Disk).expect("saves");
}

#[test]
fn what_is_not_ours_to_keep_is_told_and_opens_the_file_to_nobody_else() {
    use std::os::unix::process::CommandExt as _;
    if !is_root() {
        println!("skipped: only root can give a file to others");
        return;
    }
    let (folder, path) = folder_with(COMMENTED);
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).expect("set");
    chown(&path, Some(1234), Some(4321)).expect("given");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o664)).expect("set");
    // The program must be in a folder where other users may run it.
    let program = folder.path().join("program");
    fs::copy(std::env::current_exe().expect("this program"), &program).expect("copied");
    let mut child = Command::new(&program);
    child.args(["saving::kept::child_that_saves_what_is_not_its_own", "--exact", "--ignored", "--nocapture"]);
    let output = child.env(SAVE_TO, &path).current_dir("/").gid(65_534).uid(65_534).output().expect("ran");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("losses [Owner, Group]"), "{said} {}", String::from_utf8_lossy(&output.stderr));
    let after = fs::metadata(&path).expect("is there");
    assert_eq!((after.uid(), after.mode() & 0o777), (65_534, 0o644), "another group gets no more than everyone");
}

#[test]
fn a_map_goes_behind_a_link_that_leads_to_no_file_yet() {
    let (folder, _) = folder_with(COMMENTED);
    let link = folder.path().join("link.tieline.jsonc");
    symlink("new.tieline.jsonc", &link).expect("linked");
    let origin = save_file(&link, "new", &Disk).expect("saves");
    assert!(fs::symlink_metadata(&link).expect("is there").is_symlink());
    assert_eq!(fs::read_to_string(folder.path().join("new.tieline.jsonc")).expect("is there"), "new");
    assert_eq!(origin.path(), Some(link.as_path()));
}

#[test]
fn a_device_takes_a_map_and_is_no_file_of_it() {
    let before = fs::metadata("/dev/null").expect("is there").rdev();
    let origin = save_file(Path::new("/dev/null"), "new", &Disk).expect("written");
    assert_eq!(origin.path(), None, "nothing can be opened again from there");
    assert_eq!(fs::metadata("/dev/null").expect("is there").rdev(), before);
    let error = save_file(Path::new("/dev/full"), "new", &Disk).expect_err("it is full");
    assert!(error.to_string().contains("could not write to “/dev/full”: No space left"), "{error}");
}
