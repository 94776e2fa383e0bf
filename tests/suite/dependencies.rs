//! Checks the packages Tieline is built on: their licenses, their registry, and that there is only one UI toolkit.
//!
//! Known vulnerabilities need a network and are checked by hand: `cargo install cargo-audit`, then `cargo audit`.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;
use spdx::{Expression, LicenseItem, LicenseReq, ParseMode};

/// Licenses that require no more than attribution.
const ALLOWED: [&str; 15] = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "OFL-1.1",
    "Ubuntu-font-1.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Packages that are unmaintained or superseded.
const BANNED: [&str; 7] = ["atty", "encoding", "failure", "net2", "openssl-sys", "serde_yaml", "structopt"];

/// Returns every package that the program and tests are built from on this platform.
fn packages() -> Vec<Value> {
    let version = Command::new("rustc").arg("-vV").output().expect("rustc runs");
    let version = String::from_utf8(version.stdout).expect("text");
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host");
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--locked", "--offline", "--format-version", "1", "--filter-platform", host])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("a list").clone();
    assert!(packages.len() > 200, "only {} packages were read", packages.len());
    packages
}

fn is_allowed(license: &LicenseReq) -> bool {
    match &license.license {
        LicenseItem::Spdx { id, .. } => ALLOWED.contains(&id.name),
        LicenseItem::Other { .. } => false,
    }
}

/// Returns whether a license expression can be satisfied by allowed licenses alone.
fn can_be_met(license: &str) -> bool {
    Expression::parse_mode(license, ParseMode::LAX).is_ok_and(|expression| expression.evaluate(is_allowed))
}

#[test]
fn every_license_is_one_of_the_allowed() {
    let package = |package: &Value| format!("{} {}: {}", package["name"], package["version"], package["license"]);
    let is_wrong = |package: &&Value| !package["license"].as_str().is_some_and(can_be_met);
    let wrong: Vec<String> = packages().iter().filter(is_wrong).map(package).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_license_that_asks_for_more_is_found() {
    for license in ["GPL-3.0-only", "MIT AND AGPL-3.0-only", "LicenseRef-own", "LGPL-2.1-or-later", ""] {
        assert!(!can_be_met(license), "{license}");
    }
    for license in ["MIT", "MIT/Apache-2.0", "Apache-2.0 OR GPL-2.0-only", "MPL-2.0+", "Apache-2.0 WITH LLVM-exception"]
    {
        assert!(can_be_met(license), "{license}");
    }
}

#[test]
fn packages_come_from_the_registry_and_none_is_banned() {
    for package in packages() {
        let name = package["name"].as_str().expect("a name");
        let source = package["source"].as_str();
        let is_own = source.is_none() && name == "tieline";
        assert!(is_own || source.is_some_and(|source| source.starts_with("registry+")), "{name} is from {source:?}");
        assert!(!BANNED.contains(&name), "{name}");
    }
}

#[test]
fn there_is_one_toolkit() {
    let mut versions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in packages() {
        let name = package["name"].as_str().expect("a name").to_owned();
        versions.entry(name).or_default().push(package["version"].to_string());
    }
    for name in ["egui", "eframe", "epaint", "emath", "ecolor", "egui-wgpu", "egui-winit", "wgpu", "winit"] {
        let found = versions.get(name).unwrap_or_else(|| panic!("{name} is built"));
        assert_eq!(found.len(), 1, "{name}: {found:?}");
    }
}
