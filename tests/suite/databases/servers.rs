//! Servers that are none, hang, send rubbish or never stop: each attempt ends with a clear error.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use tieline::database::{self, Access, DatabaseAddress, DatabaseError, Password};

use super::questions;

/// Starts a server that handles one connection after the other, and returns the way to reach it.
fn server(handle: impl Fn(TcpStream) + Send + 'static) -> Access {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            handle(stream);
        }
    });
    let address = format!("postgres://ann@127.0.0.1:{port}/deals?sslmode=disable&connect_timeout=1");
    let password = Some(Password::new("s3cret-word"));
    Access { address: DatabaseAddress::parse(&address).expect("an address"), password, timeout: Duration::from_secs(2) }
}

/// Returns a message of the protocol.
fn message(kind: u8, body: &[u8]) -> Vec<u8> {
    let length = (body.len() as u32 + 4).to_be_bytes();
    [&[kind][..], &length, body].concat()
}

/// Lets anyone in.
fn welcome(stream: &mut TcpStream) {
    let mut start = [0; 1024];
    let _ = stream.read(&mut start);
    let welcome = [message(b'R', &0_u32.to_be_bytes()), message(b'K', &[0; 8]), message(b'Z', b"I")].concat();
    let _ = stream.write_all(&welcome);
}

fn error_of(access: &Access) -> String {
    let asked = questions(&[("ties", "SELECT 1")]);
    let error = database::ask(access, &asked, &|_| true).expect_err("no database").to_string();
    assert!(!error.contains("s3cret-word"), "{error}");
    error
}

#[test]
fn nobody_at_the_port_is_told() {
    let access = server(|_| {});
    let DatabaseAddress::Postgres(mut server) = access.address.clone() else { panic!("a server") };
    server.port = 1;
    let error = error_of(&Access { address: DatabaseAddress::Postgres(server), ..access });
    assert!(error.contains("no connection to 127.0.0.1 at port 1") && error.contains("check host and port"), "{error}");
}

#[test]
fn a_server_that_says_nothing_is_left_in_time() {
    let error = error_of(&server(|stream| drop(thread::spawn(move || hold(stream)))));
    assert!(error.contains("no connection within 1 s"), "{error}");
    let error = error_of(&server(|mut stream| {
        thread::spawn(move || {
            welcome(&mut stream);
            hold(stream);
        });
    }));
    assert!(error.contains("did not answer within 2 s"), "{error}");
}

/// Keeps a connection until the other side ends it.
fn hold(mut stream: TcpStream) {
    let mut rest = [0; 1024];
    while stream.read(&mut rest).is_ok_and(|read| read > 0) {}
}

#[test]
fn a_server_that_says_nothing_can_be_canceled() {
    let access = server(|mut stream| {
        thread::spawn(move || {
            welcome(&mut stream);
            hold(stream);
        });
    });
    let access = Access { timeout: Duration::from_mins(10), ..access };
    let error = database::ask(&access, &questions(&[("ties", "SELECT 1")]), &|_| false).expect_err("canceled");
    assert!(matches!(error, DatabaseError::Canceled), "{error}");
}

#[test]
fn rubbish_is_told_as_a_failed_connection() {
    let rubbish: [&[u8]; 6] = [
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        &[0; 4096],
        &[0xff; 4096],
        b"R\0\0\0\x08\0\0\0\x63",
        b"E\0\0\0\x05\0",
        b"SSH-2.0-OpenSSH_9.9\r\n",
    ];
    for bytes in rubbish {
        let error = error_of(&server(move |mut stream| {
            let _ = stream.read(&mut [0; 1024]);
            let _ = stream.write_all(bytes);
        }));
        assert!(error.contains("could not read") && error.contains(';'), "{error}");
    }
}

#[test]
fn rubbish_after_the_welcome_is_told() {
    for kind in (0..=255_u8).step_by(3) {
        let access = server(move |mut stream| {
            welcome(&mut stream);
            let _ = stream.read(&mut [0; 1024]);
            let _ = stream.write_all(&message(kind, b"\0\x01\0\0rubbish\0\xff"));
        });
        let error = error_of(&access);
        assert!(error.contains("could not read"), "{kind}: {error}");
    }
}

#[test]
fn a_server_that_repeats_the_password_is_not_quoted() {
    let error = error_of(&server(|mut stream| {
        let _ = stream.read(&mut [0; 1024]);
        let body = b"SFATAL\0VFATAL\0C28P01\0Mpassword s3cret-word is\x1b[31m wrong\0\0";
        let _ = stream.write_all(&message(b'E', body));
    }));
    assert!(
        error.contains("password ••• is") && !error.contains('\x1b') && error.contains("check user and password"),
        "{error}"
    );
}

#[test]
fn a_server_without_encryption_is_told_where_it_is_demanded() {
    let access = server(|mut stream| {
        let _ = stream.read(&mut [0; 1024]);
        let _ = stream.write_all(b"N");
    });
    let DatabaseAddress::Postgres(mut server) = access.address.clone() else { panic!("a server") };
    for tls in ["require", "verify-ca", "verify-full"] {
        let text = format!("postgres://ann@127.0.0.1:{}/deals?sslmode={tls}", server.port);
        let Ok(DatabaseAddress::Postgres(demanding)) = DatabaseAddress::parse(&text) else { panic!("an address") };
        server = demanding;
        let error = error_of(&Access { address: DatabaseAddress::Postgres(server.clone()), ..access.clone() });
        let has_no_roots = error.contains("no authority is known");
        assert!(error.contains("the server can't encrypt the connection") || has_no_roots, "{tls}: {error}");
    }
}

#[test]
fn a_server_that_wants_a_password_is_told_apart() {
    let access = server(|mut stream| {
        let _ = stream.read(&mut [0; 1024]);
        let _ = stream.write_all(&message(b'R', &3_u32.to_be_bytes()));
        hold(stream);
    });
    let error = database::list(&Access { password: None, ..access }, &|_| true).expect_err("no password");
    assert!(matches!(&error, DatabaseError::NeedsPassword { .. }), "{error}");
    assert!(error.to_string().contains("deals on 127.0.0.1 requires a password"), "{error}");
}
