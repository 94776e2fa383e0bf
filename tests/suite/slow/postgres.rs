//! A real server of PostgreSQL, started for the test: types, encryption, passwords, time, and that nothing can write.
//!
//! Skipped with a printed notice where its programs or openssl are missing, unless `TIELINE_REQUIRE_POSTGRES=1` is set.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use tieline::database::{
    self, Access, DatabaseAddress, DatabaseError, DatabaseQuestion, Exploration, Password, RowEstimate,
};
use tieline::load::{ImportOptions, ImportReport, import_again, import_tables};
use tieline::model::Map;

const PASSWORD: &str = "s3cret-word";

/// A running server, which ends with the last test.
struct Cluster {
    folder: tempfile::TempDir,
    programs: PathBuf,
    port: u16,
}

/// Returns the folder of the server's programs.
fn programs() -> Option<PathBuf> {
    let versions =
        fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|entry| entry.path().join("bin"));
    let mut found: Vec<PathBuf> =
        versions.filter(|folder| folder.join("initdb").is_file() && folder.join("pg_ctl").is_file()).collect();
    found.sort();
    found.pop()
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().expect("id runs");
    id.stdout.starts_with(b"0\n")
}

/// Runs a program as a user who may run a server: it refuses to be run by root.
fn run(program: &Path, arguments: &[&str]) {
    let mut command = if is_root() {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=nobody", "--regid=nogroup", "--clear-groups"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    let output = command.args(arguments).current_dir("/").stdin(Stdio::null()).output().expect("a program");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{} {arguments:?}: {said}", program.display());
}

fn openssl(folder: &Path, arguments: &[&str]) {
    let output = Command::new("openssl").args(arguments).current_dir(folder).output().expect("openssl runs");
    assert!(output.status.success(), "openssl {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Makes an authority and a certificate of it for `localhost`, and another authority.
fn make_certificates(folder: &Path) {
    for (name, subject) in [("ca", "/CN=Test authority"), ("other", "/CN=Other authority")] {
        let (key, pem) = (format!("{name}.key"), format!("{name}.pem"));
        openssl(
            folder,
            &[
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", subject, "-keyout", &key,
                "-out", &pem,
            ],
        );
    }
    openssl(
        folder,
        &[
            "req",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-subj",
            "/CN=localhost",
            "-keyout",
            "server.key",
            "-out",
            "server.csr",
        ],
    );
    fs::write(folder.join("names.cnf"), "subjectAltName=DNS:localhost\n").expect("written");
    openssl(
        folder,
        &[
            "x509",
            "-req",
            "-in",
            "server.csr",
            "-CA",
            "ca.pem",
            "-CAkey",
            "ca.key",
            "-CAcreateserial",
            "-days",
            "2",
            "-extfile",
            "names.cnf",
            "-out",
            "server.pem",
        ],
    );
}

impl Cluster {
    fn start(programs: PathBuf) -> Self {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a folder");
        make_certificates(folder.path());
        fs::write(folder.path().join("password"), PASSWORD).expect("written");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        drop(listener);
        if is_root() {
            let owned =
                Command::new("chown").args(["-R", "nobody:nogroup"]).arg(folder.path()).status().expect("chown runs");
            assert!(owned.success());
        }
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("readable");
        fs::set_permissions(folder.path().join("server.key"), fs::Permissions::from_mode(0o600)).expect("private");
        let path = |name: &str| folder.path().join(name).display().to_string();
        let data = path("data");
        run(
            &programs.join("initdb"),
            &[
                "-D",
                &data,
                "-U",
                "ann",
                "--auth=scram-sha-256",
                &format!("--pwfile={}", path("password")),
                "-E",
                "UTF8",
                "--locale=C",
                "--no-sync",
            ],
        );
        let settings = format!(
            "port = {port}\nlisten_addresses = 'localhost'\nunix_socket_directories = '{}'\nssl = on\nssl_cert_file = '{}'\nssl_key_file = '{}'\nfsync = off\n",
            folder.path().display(),
            path("server.pem"),
            path("server.key"),
        );
        let file = folder.path().join("data/postgresql.conf");
        let before = fs::read_to_string(&file).expect("settings");
        fs::write(&file, before + &settings).expect("written");
        run(&programs.join("pg_ctl"), &["-D", &data, "-w", "-t", "60", "-l", &path("data/log"), "start"]);
        let cluster = Self { folder, programs, port };
        cluster.sql(SCHEMA);
        cluster
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn psql(&self, arguments: &[&str]) -> String {
        let mut command = Command::new(self.programs.join("psql"));
        command.env("PGPASSWORD", PASSWORD).args([
            "-h",
            "localhost",
            "-p",
            &self.port.to_string(),
            "-U",
            "ann",
            "-d",
            "postgres",
            "-X",
            "-q",
            "-A",
            "-t",
            "-v",
            "ON_ERROR_STOP=1",
        ]);
        let output = command.args(arguments).output().expect("psql runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    }

    fn sql(&self, text: &str) -> String {
        self.psql(&["-c", text])
    }

    fn address(&self, host: &str, parameters: &str) -> String {
        format!("postgres:///postgres?user=ann&host={host}&port={}&{parameters}", self.port)
    }

    fn access(&self, host: &str, parameters: &str) -> Access {
        let address = DatabaseAddress::parse(&self.address(host, parameters)).expect("an address");
        Access { address, password: Some(Password::new(PASSWORD)), timeout: Duration::from_mins(1) }
    }

    fn local(&self) -> Access {
        self.access("localhost", "sslmode=prefer")
    }

    fn import(&self, statements: &[(&str, &str)]) -> (Map, ImportReport) {
        let file =
            database::ask(&self.local(), &questions(statements), &|_| true).unwrap_or_else(|error| panic!("{error}"));
        import_tables(&[file], &ImportOptions::default(), &|_| true).expect("rows")
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        run(&self.programs.join("pg_ctl"), &["-D", &self.path("data"), "-m", "immediate", "stop"]);
    }
}

fn questions(statements: &[(&str, &str)]) -> Vec<DatabaseQuestion> {
    let question = |(name, statement): &(&str, &str)| DatabaseQuestion {
        name: (*name).to_owned(),
        statement: (*statement).to_owned(),
    };
    statements.iter().map(question).collect()
}

const SCHEMA: &str = "
    CREATE TABLE firms (id bigint PRIMARY KEY, name text, kind text);
    INSERT INTO firms VALUES (1, 'Larch Co', 'company'), (2, 'Maple SA', NULL), (9007199254740993, 'Quince Fund', 'fund');
    CREATE TABLE deals (payer bigint, payee bigint, kind text, amount numeric(20, 2), date date);
    INSERT INTO deals VALUES (1, 2, 'pays', 1500000.50, '2020-05-01'), (2, 9007199254740993, 'owns', NULL, NULL), (1, 2, 'pays', 2, '2021-05-01');
    CREATE VIEW named AS SELECT a.name AS \"from\", b.name AS \"to\", d.kind FROM deals d JOIN firms a ON a.id = d.payer JOIN firms b ON b.id = d.payee;
    CREATE SCHEMA other;
    CREATE TABLE other.\"odd \"\"name\" (id int);
    CREATE SEQUENCE counter;
    CREATE FUNCTION sneaky() RETURNS int LANGUAGE plpgsql VOLATILE AS $$ BEGIN INSERT INTO deals VALUES (7, 7, 'x', 7, NULL); RETURN 1; END $$;
    CREATE TYPE mood AS ENUM ('sad', 'happy');
    CREATE TYPE pair AS (a int, b text);
    CREATE DOMAIN percent AS numeric CHECK (VALUE <= 100);
    CREATE TABLE types AS SELECT 1::int AS id, 'All'::text AS name, 12.50::numeric AS a_numeric, 12.5::money AS a_money, true AS a_bool,
        '2020-05-01'::date AS a_date, '2020-05-01 00:00'::timestamp AS a_midnight, '2020-05-01 13:30:00'::timestamp AS a_time,
        '2020-05-01 13:30:00+00'::timestamptz AS a_zoned, interval '1 year 2 days' AS an_interval, '{\"a\": [1]}'::jsonb AS a_json,
        ARRAY[1, 2] AS an_array, 'happy'::mood AS a_mood, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid AS a_uuid,
        '10.0.0.0/8'::inet AS an_inet, '\\x00ff'::bytea AS some_bytes, repeat('x', 100)::bytea AS many_bytes, 50::percent AS a_domain,
        ROW(1, 'x')::pair AS a_row, NULL::text AS nothing, 1e300::float8 AS a_float, 'NaN'::float8 AS no_number, int4range(1, 5) AS a_range,
        '0044-03-15 BC'::date AS long_ago, 'infinity'::date AS never, point(1, 2) AS a_point, 9223372036854775807 AS a_big;
";

/// Returns the server, which tests that run at the same time share; `None` where it can't be started.
fn cluster() -> Option<Arc<Cluster>> {
    static SHARED: Mutex<Weak<Cluster>> = Mutex::new(Weak::new());
    let found = programs().filter(|_| Command::new("openssl").arg("version").output().is_ok());
    let is_required = std::env::var("TIELINE_REQUIRE_POSTGRES").is_ok_and(|value| value == "1");
    assert!(found.is_some() || !is_required, "PostgreSQL or openssl is missing");
    let Some(programs) = found else {
        println!("skipped: PostgreSQL or openssl is missing");
        return None;
    };
    // A test that failed says nothing about the server.
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    let cluster = shared.upgrade().unwrap_or_else(|| Arc::new(Cluster::start(programs)));
    *shared = Arc::downgrade(&cluster);
    Some(cluster)
}

#[test]
fn rows_of_two_statements_become_one_map() {
    let Some(cluster) = cluster() else { return };
    let deals = "SELECT payer AS \"from\", payee AS \"to\", kind, amount, date FROM deals -- all\n;";
    let (map, report) = cluster.import(&[("actors", "TABLE firms"), ("ties", deals)]);
    assert_eq!((report.format, report.actors, report.ties, report.rows.skipped), ("postgresql", 3, 3, 0));
    let keys: Vec<&str> = map.actors().values().map(|actor| &*actor.key).collect();
    assert_eq!(keys, ["1", "2", "9007199254740993"]);
    let amounts: Vec<String> = map
        .ties()
        .values()
        .filter_map(|tie| tie.claim.amount.as_ref()?.lower)
        .map(|lower| lower.value.to_string())
        .collect();
    assert_eq!(amounts, ["1500000.50", "2.00"]);
    let import = map.imports().values().nth(1).expect("an import");
    assert_eq!((import.file.as_deref(), import.sheet.as_deref()), (Some("postgres"), Some("ties")));
    assert!(
        import.query.as_deref().is_some_and(|query| query.starts_with("SELECT payer") && query.ends_with("FROM deals"))
    );
    let [source] = database::database_sources(&map).try_into().expect("one database");
    let again = database::ask(&cluster.local(), &source.questions, &|_| true).expect("rows");
    let (again, _) = import_again(&map, &[again], &|_| true).expect("the same tables");
    assert_eq!((again.actors().len(), again.ties().len()), (map.actors().len(), map.ties().len()));
    let (map, _) = cluster.import(&[("ties", "WITH x AS (SELECT * FROM named) SELECT \"from\", \"to\", kind FROM x")]);
    assert_eq!(map.ties().len(), 3);
    let (map, _) = cluster.import(&[("ties", "VALUES (E'it\\'s', $$a;b$$)")]);
    let names: Vec<&str> = map.actors().values().map(|actor| actor.name.as_str()).collect();
    assert!(names.contains(&"it's"), "{names:?}");
}

#[test]
fn tables_and_views_are_listed() {
    let Some(cluster) = cluster() else { return };
    cluster.sql("ANALYZE firms");
    let listed = database::list(&cluster.local(), &|_| true).expect("tables");
    let named =
        |name: &str| listed.iter().find(|relation| relation.full_name() == name).unwrap_or_else(|| panic!("{name}"));
    assert_eq!(named("firms").columns, ["id", "name", "kind"]);
    assert_eq!(named("firms").rows, Some(RowEstimate::About(3)));
    assert!(named("named").is_view && named("named").rows.is_none());
    assert_eq!(named("other.odd \"name").select(), r#"SELECT "id" FROM "other"."odd ""name""#);
    assert!(
        database::ask(&cluster.local(), &questions(&[("actors", &named("other.odd \"name").select())]), &|_| true)
            .is_ok()
    );
}

#[test]
fn values_of_all_types_arrive() {
    let Some(cluster) = cluster() else { return };
    let (map, report) = cluster.import(&[("actors", "SELECT * FROM types")]);
    let actor = map.actors().values().next().expect("a row");
    let own: Vec<String> = actor.metadata.own.iter().map(|own| format!("{} {:?}", own.name, own.value)).collect();
    for expected in [
        "x-a_money Text(\"$12.50\")",
        "x-a_bool Flag(true)",
        "x-a_date Text(\"2020-05-01\")",
        "x-a_midnight Text(\"2020-05-01\")",
        "x-a_time Text(\"2020-05-01 13:30:00\")",
        "x-an_interval Text(\"1 year 2 days\")",
        "x-a_json Text(\"{\\\"a\\\": [1]}\")",
        "x-an_array Text(\"{1,2}\")",
        "x-a_mood Text(\"happy\")",
        "x-a_uuid Text(\"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\")",
        "x-an_inet Text(\"10.0.0.0/8\")",
        "x-some_bytes Text(\"00ff\")",
        "x-a_row Text(\"(1,x)\")",
        "x-a_float Text(\"1e+300\")",
        "x-no_number Text(\"NaN\")",
        "x-a_range Text(\"[1,5)\")",
        "x-long_ago Text(\"0044-03-15 BC\")",
        "x-never Text(\"infinity\")",
        "x-a_point Text(\"(1,2)\")",
    ] {
        assert!(own.iter().any(|own| own == expected), "{expected} in {own:#?}");
    }
    for number in ["x-a_numeric", "x-a_domain", "x-a_big"] {
        assert!(own.iter().any(|own| own.starts_with(&format!("{number} Number"))), "{number} in {own:#?}");
    }
    assert!(!own.iter().any(|own| own.starts_with("x-nothing") || own.starts_with("x-many_bytes")), "{own:#?}");
    let told =
        report.problems.iter().any(|problem| problem.message.contains("the column “many_bytes” has 1 binary value"));
    assert!(told, "{:?}", report.problems);
}

#[test]
fn encryption_is_as_safe_as_the_address_demands() {
    let Some(cluster) = cluster() else { return };
    let ca = |name: &str| format!("sslrootcert={}", cluster.path(name));
    let encrypted = |host: &str, parameters: &str| {
        let asked = questions(&[("actors", "SELECT ssl::text AS name FROM pg_stat_ssl WHERE pid = pg_backend_pid()")]);
        let file = database::ask(&cluster.access(host, parameters), &asked, &|_| true)?;
        let (map, _) = import_tables(&[file], &ImportOptions::default(), &|_| true).expect("a row");
        Ok::<_, DatabaseError>(map.actors().values().next().map(|actor| actor.name == "true"))
    };
    assert_eq!(encrypted("localhost", "sslmode=disable").expect("a connection"), Some(false));
    for (host, parameters) in [
        ("localhost", "sslmode=prefer".to_owned()),
        ("localhost", "sslmode=require".to_owned()),
        ("127.0.0.1", "sslmode=require".to_owned()),
        ("localhost", format!("sslmode=verify-full&{}", ca("ca.pem"))),
        ("127.0.0.1", format!("sslmode=verify-ca&{}", ca("ca.pem"))),
    ] {
        assert_eq!(encrypted(host, &parameters).unwrap_or_else(|error| panic!("{parameters}: {error}")), Some(true));
    }
    for (host, parameters, reason) in [
        ("127.0.0.1", format!("sslmode=verify-full&{}", ca("ca.pem")), "is not for the host “127.0.0.1”"),
        ("localhost", format!("sslmode=verify-full&{}", ca("other.pem")), "issued by an unknown authority"),
        ("localhost", format!("sslmode=verify-ca&{}", ca("other.pem")), "issued by an unknown authority"),
        ("localhost", format!("sslmode=require&{}", ca("other.pem")), "issued by an unknown authority"),
        ("localhost", "sslmode=verify-full&sslrootcert=/gone.pem".to_owned(), "“/gone.pem” could not be used"),
        ("localhost", format!("sslmode=verify-full&{}", ca("ca.key")), "could not be used"),
    ] {
        let error = encrypted(host, &parameters).expect_err(&parameters).to_string();
        assert!(error.contains(reason), "{parameters}: {error}");
    }
    let socket = cluster.folder.path().display().to_string();
    assert_eq!(encrypted(&socket, "sslmode=require").expect("a socket"), Some(false), "it never leaves the machine");
}

#[test]
fn passwords_are_asked_for_and_never_shown() {
    let Some(cluster) = cluster() else { return };
    let wrong = Access { password: Some(Password::new("wr0ng-word")), ..cluster.local() };
    let error = database::list(&wrong, &|_| true).expect_err("the wrong password").to_string();
    assert!(error.contains("check user and password") && !error.contains("wr0ng-word"), "{error}");
    let none = Access { password: None, ..cluster.local() };
    assert!(matches!(database::list(&none, &|_| true), Err(DatabaseError::NeedsPassword { .. })));
    let folder = tempfile::tempdir().expect("a folder");
    let pgpass = folder.path().join("pgpass");
    fs::write(&pgpass, format!("localhost:{}:*:ann:{PASSWORD}\n", cluster.port)).expect("written");
    let list = |name: &str, value: &std::ffi::OsStr| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tieline"));
        command.args(["import", "--list", &cluster.address("localhost", "sslmode=require")]).env_remove("PGPASSWORD");
        let output = command
            .env("HOME", folder.path())
            .env(name, value)
            .env("TIELINE_LOG", "trace")
            .stdin(Stdio::null())
            .output();
        let output = output.expect("the program runs");
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(!said.contains(PASSWORD), "{said}");
        (output.status.code(), said)
    };
    assert_eq!(list("PGPASSWORD", PASSWORD.as_ref()).0, Some(0));
    let (code, said) = list("PGPASSFILE", pgpass.as_ref());
    assert!(code == Some(2) && said.contains("requires a password"), "a file that all can read: {said}");
    let private = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    fs::set_permissions(&pgpass, private).expect("private");
    let (code, said) = list("PGPASSFILE", pgpass.as_ref());
    assert!(code == Some(0) && said.contains("firms"), "{said}");
}

#[test]
fn nothing_can_write() {
    let Some(cluster) = cluster() else { return };
    for statement in [
        "SELECT sneaky() AS name",
        "SELECT nextval('counter') AS name",
        "SELECT set_config('transaction_read_only', 'off', true) AS name",
        "SELECT id AS name FROM firms FOR UPDATE",
    ] {
        let error = database::ask(&cluster.local(), &questions(&[("actors", statement)]), &|_| true)
            .expect_err(statement)
            .to_string();
        let is_told = error.contains("read-only transaction") || error.contains("read-write mode");
        assert!(is_told, "{statement}: {error}");
    }
    for statement in [
        "INSERT INTO deals VALUES (1, 2)",
        "COPY firms TO PROGRAM 'true'",
        "WITH x AS (DELETE FROM deals RETURNING *) SELECT * FROM x",
    ] {
        let error =
            database::ask(&cluster.local(), &questions(&[("actors", statement)]), &|_| true).expect_err(statement);
        assert!(matches!(error, DatabaseError::Statement { .. }), "{statement}: {error}");
    }
    // What the server lets pass even so is taken back.
    let _ = database::ask(&cluster.local(), &questions(&[("actors", "SELECT lo_create(4711) AS name")]), &|_| true);
    assert_eq!(cluster.sql("SELECT count(*) FROM pg_largeobject_metadata").trim(), "0");
    assert_eq!(cluster.sql("SELECT count(*) FROM deals").trim(), "3");
    assert_eq!(cluster.sql("SELECT is_called FROM counter").trim(), "f");
}

/// Waits until no statement with this text runs on the server.
fn wait_until_it_ended(cluster: &Cluster, text: &str) {
    let began = Instant::now();
    while count_running(cluster, text) > 0 {
        assert!(began.elapsed() < Duration::from_mins(1), "“{text}” still runs");
    }
}

fn count_running(cluster: &Cluster, text: &str) -> usize {
    let count = cluster.sql(&format!("SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid() AND query LIKE '%{text}%'"));
    count.trim().parse().expect("a number")
}

#[test]
fn statements_end_at_their_time_and_by_cancel_on_the_server_too() {
    let Some(cluster) = cluster() else { return };
    let hurried = Access { timeout: Duration::from_secs(1), ..cluster.local() };
    for statement in ["SELECT pg_sleep(101)::text AS name", "SELECT i AS name FROM generate_series(1, 1000000000000) i"]
    {
        let error =
            database::ask(&hurried, &questions(&[("actors", statement)]), &|_| true).expect_err(statement).to_string();
        assert!(error.contains("did not answer within 1 s"), "{statement}: {error}");
    }
    wait_until_it_ended(&cluster, "pg_sleep(101)");
    wait_until_it_ended(&cluster, "generate_series(1, 1000000000000)");
    // Canceled once the server is at work.
    let looks = AtomicUsize::new(0);
    let until_it_runs =
        |_: f32| looks.fetch_add(1, Ordering::SeqCst) > 600 || count_running(&cluster, "pg_sleep(102)") == 0;
    let asked = questions(&[("actors", "SELECT pg_sleep(102)::text AS name")]);
    let error = database::ask(&cluster.local(), &asked, &until_it_runs).expect_err("canceled");
    assert!(matches!(error, DatabaseError::Canceled), "{error}");
    wait_until_it_ended(&cluster, "pg_sleep(102)");
}

#[test]
fn mistakes_are_told_with_what_helps() {
    let Some(cluster) = cluster() else { return };
    for (statement, reason) in [
        ("SELECT * FROM dealz", "relation \"dealz\" does not exist"),
        ("SELECT payor FROM deals", "payor"),
        ("SELECT 1/0 AS name", "division by zero"),
        ("SELECT repeat('x', 60000000) AS name", "row 1 has a value of more than 50 MB"),
        ("SELECT 1) AS q, (SELECT 2", "closes a parenthesis"),
    ] {
        let error = database::ask(&cluster.local(), &questions(&[("actors", statement)]), &|_| true)
            .expect_err(statement)
            .to_string();
        assert!(error.contains(reason) && error.contains(';'), "{statement}: {error}");
    }
    let gone = cluster.address("localhost", "sslmode=prefer").replace("///postgres?", "///gone?");
    let access = Access { address: DatabaseAddress::parse(&gone).expect("an address"), ..cluster.local() };
    let error = database::list(&access, &|_| true).expect_err("no database").to_string();
    assert!(error.contains("check the name of the database"), "{error}");
}

#[test]
fn neighbors_are_asked_for_step_by_step() {
    let Some(cluster) = cluster() else { return };
    let exploration = |from: &str, hops| Exploration {
        neighbors: "SELECT payer AS \"from\", payee AS \"to\", kind FROM deals WHERE payer = :actor OR payee = :actor"
            .to_owned(),
        actors: Some("SELECT * FROM firms".to_owned()),
        from: vec![from.to_owned()],
        hops,
        most: 100,
    };
    let explore = |from: &str, hops| {
        database::explore(&cluster.local(), &exploration(from, hops), &ImportOptions::default(), &|_| true)
    };
    let explored = explore("1", 1).expect("ties");
    assert_eq!(explored.ties, 2);
    let explored = explore("1", 2).expect("ties");
    let (map, _) = import_tables(&[explored.file], &ImportOptions::default(), &|_| true).expect("rows");
    assert_eq!((map.ties().len(), map.actors().len()), (3, 3));
    assert!(map.actors().values().any(|actor| actor.name == "Quince Fund"), "with what is known of them");
    let error = explore("1 OR 1=1", 1).expect_err("no number").to_string();
    assert!(error.contains("invalid input syntax for type bigint"), "{error}");
}
