//! Configuration: one TOML file, the environment over it, flags over both.
//!
//! A key that isn't known is refused, with the one that was probably meant: a setting that does
//! nothing is worse than none. Secrets come from the environment or, as `NAME_FILE`, from a file;
//! never from the configuration file.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use engine_rados::PARTITIONS_MAX;
use iam::Quotas;
use types::Network;

use crate::audit::Audited;
use crate::cli::ServerFlags;
use crate::settings::OWNER_ENFORCED;

/// Where a gateway to a cluster, which has no folder, keeps its audit records.
const GATEWAY_AUDIT_FOLDER: &str = "/var/log/onggi";
/// Longest configuration or secret file that is read, in bytes.
const FILE_BYTES_MAX: u64 = 1 << 20;

/// Everything that can be configured. The names are the keys of the file; `ONGGI_` and the name in
/// capitals (`.` as `_`) is the environment's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Where the store is.
    pub storage: Storage,
    /// The store's folder; empty for a store on a cluster.
    pub folder: PathBuf,
    /// Where the API listens.
    pub address: SocketAddr,
    /// Where the console listens.
    pub console_address: SocketAddr,
    /// What GetBucketLocation and `x-amz-bucket-region` say of buckets made without a constraint.
    pub region: String,
    /// Domains below which a label is a bucket (`bucket.s3.example.com`). `localhost` always is one.
    pub domains: Vec<String>,
    /// Whether presigned URLs of Signature Version 2 are accepted.
    pub sigv2: bool,
    /// How log lines look.
    pub log_format: LogFormat,
    /// Which log lines there are: `info`, `debug`, `onggi=debug,info` ...
    pub log_level: String,
    /// Who may read `/_onggi/metrics`, besides this machine.
    pub metrics_from: Vec<IpAddr>,
    /// Most connections at a time; further ones wait in the kernel's queue.
    pub connections_max: usize,
    /// Which requests leave audit records.
    pub audit: Audited,
    /// Where: below it, in `audit/`. The store's folder unless it is configured.
    pub audit_folder: PathBuf,
    /// Proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    pub trusted_proxies: Vec<Network>,
    /// Whether new buckets block public access, as AWS's do.
    pub new_bucket_public_access_block: bool,
    /// How much an account may hold.
    pub quotas: Quotas,
    /// TLS for both listeners, if any.
    pub tls: Option<TlsFiles>,
}

/// Where a store is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Storage {
    /// In a folder of this machine.
    Disk,
    /// On a Ceph cluster.
    Rados(RadosStorage),
}

/// Which cluster, and where on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RadosStorage {
    /// `ceph.conf`.
    pub ceph_conf: PathBuf,
    /// Who this gateway is to the cluster, as `client.onggi`.
    pub client: String,
    /// The client's keyring; none: where `ceph.conf` says.
    pub keyring: Option<PathBuf>,
    /// A replicated pool for rows and small bodies.
    pub index_pool: String,
    /// A pool for large bodies.
    pub data_pool: String,
    /// Tells stores in the same pools apart.
    pub namespace: String,
    /// Partitions of each bucket's rows, settled when the store is made; none: whatever it has.
    pub partitions: Option<u8>,
    /// An operation without an answer is given up then, and the request with SlowDown.
    pub timeout: Duration,
    /// A gateway that didn't renew for so long is dead to the others.
    pub lease: Duration,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// A certificate chain and its key, PEM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsFiles {
    /// The chain, the server's certificate first.
    pub certificate: PathBuf,
    /// The private key.
    pub key: PathBuf,
}

/// A sentence that says what is wrong and where.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{0}")]
pub struct ConfigError(String);

impl ConfigError {
    /// A variable of the environment holds what it can't hold.
    pub fn in_environment(name: &str, reason: &dyn std::fmt::Display) -> Self {
        Self(format!("{name}: {reason}"))
    }
}

/// The environment, as a map: tests bring their own.
pub type Environment = BTreeMap<String, String>;

/// Every key of the file. One table, so that files and environment can't differ.
const KEYS: [&str; 29] = [
    "address",
    "console_address",
    "region",
    "domains",
    "sigv2",
    "log_format",
    "log_level",
    "metrics_from",
    "connections_max",
    "audit",
    "audit_folder",
    "trusted_proxies",
    "new_bucket_ownership",
    "new_bucket_public_access_block",
    "iam.users_max",
    "iam.groups_max",
    "iam.policies_max",
    "tls.certificate",
    "tls.key",
    "storage.engine",
    "storage.ceph_conf",
    "storage.client",
    "storage.keyring",
    "storage.index_pool",
    "storage.data_pool",
    "storage.namespace",
    "storage.partitions",
    "storage.timeout_seconds",
    "storage.lease_seconds",
];

impl Config {
    /// Puts flags, environment and file together.
    pub fn load(flags: ServerFlags, environment: &Environment) -> Result<Self, ConfigError> {
        let file = flags.config.clone().or_else(|| environment.get("ONGGI_CONFIG").map(Into::into));
        let mut settings = match file {
            Some(path) => read_file(&path)?,
            None => Settings::default(),
        };
        refuse_misspelt(environment)?;
        settings.overlay(environment);
        settings.into_config(flags)
    }
}

/// Texts by key, and where each came from.
#[derive(Default)]
struct Settings(BTreeMap<&'static str, (String, String)>);

impl Settings {
    fn overlay(&mut self, environment: &Environment) {
        for key in KEYS {
            let name = environment_name(key);
            if let Some(value) = environment.get(&name) {
                self.0.insert(key, (value.clone(), name));
            }
        }
    }

    fn take<T>(
        &mut self,
        key: &str,
        default: T,
        read: impl Fn(&str) -> Option<T>,
        wanted: &str,
    ) -> Result<T, ConfigError> {
        match self.0.remove(key) {
            None => Ok(default),
            Some((text, place)) => {
                read(&text).ok_or_else(|| ConfigError(format!("{place}: {text:?} isn't {wanted}")))
            }
        }
    }

    fn into_config(mut self, flags: ServerFlags) -> Result<Config, ConfigError> {
        let local = |port| SocketAddr::from(([127, 0, 0, 1], port));
        let address = |text: &str| text.parse().ok();
        const ADDRESS: &str = "an IP and a port, as 127.0.0.1:9000";
        let configured = self.take("address", local(9000), address, ADDRESS)?;
        let console = self.take("console_address", local(9001), address, ADDRESS)?;
        let storage = self.storage()?;
        let folder = match (&storage, flags.folder) {
            (Storage::Disk, Some(folder)) => folder,
            (Storage::Rados(_), None) => PathBuf::new(),
            (Storage::Disk, None) => {
                return Err(ConfigError(
                    "a folder is needed, as in onggi server ./data, or storage.engine = \"rados\""
                        .into(),
                ));
            }
            (Storage::Rados(_), Some(folder)) => {
                return Err(ConfigError(format!(
                    "{}: with storage.engine = \"rados\" there is no folder",
                    folder.display()
                )));
            }
        };
        let audited =
            self.take("audit", Audited::Management, audited, "off, management, writes or all")?;
        let audit_folder = self.audit_folder(audited, &folder)?;
        self.take("new_bucket_ownership", (), ownership, ONE_OWNERSHIP)?;
        let config = Config {
            storage,
            folder,
            address: flags.address.unwrap_or(configured),
            console_address: flags.console_address.unwrap_or(console),
            region: self.take("region", "us-east-1".into(), region, "a region, as eu-west-1")?,
            domains: self.take("domains", vec![], domains, "a list of domain names")?,
            sigv2: self.take("sigv2", true, boolean, "true or false")?,
            log_format: self.take("log_format", LogFormat::Text, log_format, "text or json")?,
            log_level: self.take("log_level", "info".into(), log_level, "a level, as info")?,
            metrics_from: self.take("metrics_from", vec![], addresses, "a list of IPs")?,
            connections_max: self.take(
                "connections_max",
                10_000,
                |text| text.parse().ok().filter(|it| (1..=1_000_000).contains(it)),
                "a number from 1 to 1000000",
            )?,
            audit: audited,
            audit_folder,
            trusted_proxies: self.take(
                "trusted_proxies",
                vec![],
                networks,
                "a list of IPs and networks, as 10.0.0.0/8",
            )?,
            new_bucket_public_access_block: self.take(
                "new_bucket_public_access_block",
                true,
                on_or_off,
                "on or off",
            )?,
            quotas: self.quotas()?,
            tls: self.tls()?,
        };
        // A key of the table that nobody takes would do nothing.
        assert!(self.0.is_empty(), "settings that nobody reads: {:?}", self.0.keys());
        Ok(config)
    }

    /// `folder` is the store's, or empty.
    fn audit_folder(&mut self, audited: Audited, folder: &Path) -> Result<PathBuf, ConfigError> {
        const KEY: &str = "audit_folder";
        if let (Audited::Off, Some((_, place))) = (audited, self.0.get(KEY)) {
            return Err(ConfigError(format!("{place} does nothing with audit = \"off\"")));
        }
        let usual = match folder.as_os_str().is_empty() {
            true => GATEWAY_AUDIT_FOLDER.into(),
            false => folder.to_owned(),
        };
        let path = |text: &str| plain(text).filter(|it| !it.is_empty()).map(PathBuf::from);
        self.take(KEY, usual, path, "a path")
    }

    fn storage(&mut self) -> Result<Storage, ConfigError> {
        let engine = |text: &str| ["disk", "rados"].contains(&text).then(|| text == "rados");
        if !self.take("storage.engine", false, engine, "disk or rados")? {
            let others = self.0.iter().find(|(key, _)| key.starts_with("storage."));
            return match others {
                None => Ok(Storage::Disk),
                Some((_, (_, place))) => {
                    let why = "does nothing without storage.engine = \"rados\"";
                    Err(ConfigError(format!("{place} {why}")))
                }
            };
        }
        let path = |text: &str| plain(text).map(PathBuf::from);
        let seconds = |least: u64, most: u64| {
            move |text: &str| {
                let number = text.parse().ok().filter(|it| (least..=most).contains(it));
                number.map(Duration::from_secs)
            }
        };
        let client = |text: &str| {
            let name = text.strip_prefix("client.").filter(|it| !it.is_empty());
            name.and_then(|_| plain(text))
        };
        const CLIENT: &str = "a client's name, as client.onggi";
        Ok(Storage::Rados(RadosStorage {
            ceph_conf: self.take(
                "storage.ceph_conf",
                "/etc/ceph/ceph.conf".into(),
                path,
                "a path",
            )?,
            client: self.take("storage.client", "client.onggi".into(), client, CLIENT)?,
            keyring: self.take("storage.keyring", None, |it| path(it).map(Some), "a path")?,
            index_pool: self.take("storage.index_pool", "onggi-index".into(), plain, "a pool")?,
            data_pool: self.take("storage.data_pool", "onggi-data".into(), plain, "a pool")?,
            namespace: self.take("storage.namespace", String::new(), plain, "a name")?,
            partitions: self.take(
                "storage.partitions",
                None,
                |text| text.parse().ok().filter(|it| (1..=PARTITIONS_MAX).contains(it)).map(Some),
                "a number from 1 to 64",
            )?,
            timeout: self.take(
                "storage.timeout_seconds",
                Duration::from_secs(15),
                seconds(1, 300),
                "a number of seconds from 1 to 300",
            )?,
            lease: self.take(
                "storage.lease_seconds",
                Duration::from_secs(15),
                seconds(3, 600),
                "a number of seconds from 3 to 600",
            )?,
        }))
    }

    fn quotas(&mut self) -> Result<Quotas, ConfigError> {
        let mut quota = |key, default, most| {
            let number = |text: &str| text.parse().ok().filter(|it| (1..=most).contains(it));
            self.take(key, default, number, &format!("a number from 1 to {most}"))
        };
        let (usual, most) = (Quotas::default(), Quotas::MAX);
        Ok(Quotas {
            users: quota("iam.users_max", usual.users, most.users)?,
            groups: quota("iam.groups_max", usual.groups, most.groups)?,
            policies: quota("iam.policies_max", usual.policies, most.policies)?,
        })
    }

    fn tls(&mut self) -> Result<Option<TlsFiles>, ConfigError> {
        let path = |text: &str| Some(Some(PathBuf::from(text)));
        let certificate = self.take("tls.certificate", None, path, "a path")?;
        let key = self.take("tls.key", None, path, "a path")?;
        match (certificate, key) {
            (None, None) => Ok(None),
            (Some(certificate), Some(key)) => Ok(Some(TlsFiles { certificate, key })),
            _ => Err(ConfigError("tls needs both tls.certificate and tls.key".into())),
        }
    }
}

fn environment_name(key: &str) -> String {
    format!("ONGGI_{}", key.to_uppercase().replace('.', "_"))
}

/// Goes to a C library.
fn plain(text: &str) -> Option<String> {
    (!text.contains(char::is_control)).then(|| text.into())
}

fn region(text: &str) -> Option<String> {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    ((1..=64).contains(&text.len()) && text.bytes().all(plain)).then(|| text.into())
}

fn domains(text: &str) -> Option<Vec<String>> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'.';
    list(text, |it| it.bytes().all(plain).then(|| it.to_ascii_lowercase()))
}

/// The one ownership that there is: others need ACLs.
const ONE_OWNERSHIP: &str = "BucketOwnerEnforced, which is all that is implemented";

fn ownership(text: &str) -> Option<()> {
    (text == OWNER_ENFORCED).then_some(())
}

fn audited(text: &str) -> Option<Audited> {
    match text {
        "off" => Some(Audited::Off),
        "management" => Some(Audited::Management),
        "writes" => Some(Audited::Writes),
        "all" => Some(Audited::All),
        _ => None,
    }
}

fn on_or_off(text: &str) -> Option<bool> {
    match text {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    }
}

fn networks(text: &str) -> Option<Vec<Network>> {
    list(text, Network::parse)
}

fn addresses(text: &str) -> Option<Vec<IpAddr>> {
    list(text, |it| it.parse().ok())
}

fn list<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    text.split(',').map(str::trim).filter(|it| !it.is_empty()).map(read).collect()
}

fn boolean(text: &str) -> Option<bool> {
    text.parse().ok()
}

fn log_format(text: &str) -> Option<LogFormat> {
    match text {
        "text" => Some(LogFormat::Text),
        "json" => Some(LogFormat::Json),
        _ => None,
    }
}

fn log_level(text: &str) -> Option<String> {
    text.parse::<tracing_subscriber::EnvFilter>().ok().map(|_| text.into())
}

fn read_file(path: &Path) -> Result<Settings, ConfigError> {
    let place = path.display();
    let text = read_bounded(path).map_err(|e| ConfigError(format!("{place}: {e}")))?;
    let table = text.parse::<toml::Table>().map_err(|e| ConfigError(format!("{place}: {e}")))?;
    let mut settings = Settings::default();
    collect(&table, "", &mut |key, value| {
        let known = KEYS.iter().find(|it| **it == key).ok_or_else(|| unknown(path, &key))?;
        let text = plain_text(value).ok_or_else(|| {
            ConfigError(format!("{place}: {key} is a text, a number, true, false or a list"))
        })?;
        settings.0.insert(known, (text, format!("{place}: {key}")));
        Ok(())
    })?;
    Ok(settings)
}

fn collect(
    table: &toml::Table,
    prefix: &str,
    each: &mut impl FnMut(String, &toml::Value) -> Result<(), ConfigError>,
) -> Result<(), ConfigError> {
    for (name, value) in table {
        let key = format!("{prefix}{name}");
        match value {
            toml::Value::Table(inner) => collect(inner, &format!("{key}."), each)?,
            value => each(key, value)?,
        }
    }
    Ok(())
}

fn plain_text(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Boolean(it) => Some(it.to_string()),
        toml::Value::Array(items) => {
            items.iter().map(plain_text).collect::<Option<Vec<_>>>().map(|it| it.join(","))
        }
        _ => None,
    }
}

fn unknown(path: &Path, key: &str) -> ConfigError {
    let hint = match nearest(&KEYS, key) {
        Some(it) => format!("did you mean {it}?"),
        None => format!("known are {}", KEYS.join(", ")),
    };
    ConfigError(format!("{}: there is no setting {key}; {hint}", path.display()))
}

/// Variables that are no keys of the file.
const VARIABLES: [&str; 8] = [
    "ONGGI_CONFIG",
    "ONGGI_ROOT_ACCESS_KEY",
    "ONGGI_ROOT_ACCESS_KEY_FILE",
    "ONGGI_ROOT_SECRET_KEY",
    "ONGGI_ROOT_SECRET_KEY_FILE",
    "ONGGI_MASTER_KEY",
    "ONGGI_MASTER_KEY_FILE",
    "ONGGI_ACCOUNT_ID",
];

/// A variable that looks like one of ours and isn't would do nothing. Others that begin with
/// `ONGGI_` are let be: Kubernetes makes `ONGGI_PORT` and more for a service called onggi.
fn refuse_misspelt(environment: &Environment) -> Result<(), ConfigError> {
    let keys = KEYS.map(environment_name);
    let known: Vec<&str> = keys.iter().map(String::as_str).chain(VARIABLES).collect();
    for name in environment.keys().filter(|it| it.starts_with("ONGGI_")) {
        if known.contains(&name.as_str()) {
            continue;
        }
        if let Some(near) = nearest(&known, name) {
            return Err(ConfigError(format!(
                "{name}: there is no such variable; did you mean {near}?"
            )));
        }
    }
    Ok(())
}

/// The name that was probably meant.
fn nearest<'a>(known: &[&'a str], name: &str) -> Option<&'a str> {
    let near = known.iter().map(|it| (strsim::damerau_levenshtein(it, name), *it)).min();
    near.filter(|(distance, _)| *distance <= 3).map(|(_, it)| it)
}

/// A secret from the environment, or from the file that `NAME_FILE` names (its last line break is
/// not part of it). Both at once is a mistake.
pub fn secret(environment: &Environment, name: &str) -> Result<Option<String>, ConfigError> {
    let file = environment.get(&format!("{name}_FILE"));
    match (environment.get(name), file) {
        (None, None) => Ok(None),
        (Some(value), None) => Ok(Some(value.clone())),
        (Some(_), Some(_)) => {
            Err(ConfigError(format!("both {name} and {name}_FILE are set: keep one")))
        }
        (None, Some(path)) => {
            let text = read_bounded(Path::new(path))
                .map_err(|e| ConfigError(format!("{name}_FILE: {path}: {e}")))?;
            Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned()))
        }
    }
}

fn read_bounded(path: &Path) -> std::io::Result<String> {
    use std::io::Read;
    let mut text = String::new();
    let file = std::fs::File::open(path)?;
    let bytes = file.take(FILE_BYTES_MAX + 1).read_to_string(&mut text)?;
    if bytes as u64 > FILE_BYTES_MAX {
        return Err(std::io::Error::other("longer than 1 MiB"));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(file: &str, environment: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("onggi.toml");
        std::fs::write(&path, file).unwrap();
        load_in(Some("d".into()), Some(path), environment)
    }

    fn load_in(
        folder: Option<PathBuf>,
        config: Option<PathBuf>,
        environment: &[(&str, &str)],
    ) -> Result<Config, ConfigError> {
        let flags = ServerFlags { folder, config, ..Default::default() };
        let environment = environment.iter().map(|(k, v)| (k.to_string(), v.to_string()));
        Config::load(flags, &environment.collect())
    }

    #[test]
    fn the_environment_goes_over_the_file() {
        let file =
            "region = 'ap-northeast-2'\naddress = '0.0.0.0:80'\ndomains = ['S3.example.com']";
        let config = load(file, &[("ONGGI_ADDRESS", "127.0.0.1:7000")]).unwrap();
        assert_eq!(config.region, "ap-northeast-2");
        assert_eq!(config.address, "127.0.0.1:7000".parse().unwrap());
        assert_eq!(config.domains, ["s3.example.com"]);
        assert!(config.sigv2);
    }

    #[test]
    fn an_unknown_key_is_refused_with_a_suggestion() {
        let error = load("adress = '127.0.0.1:1'", &[]).unwrap_err().to_string();
        assert!(error.ends_with("there is no setting adress; did you mean address?"), "{error}");
        let error = load("[tls]\ncertificat = 'x'", &[]).unwrap_err().to_string();
        assert!(error.ends_with("did you mean tls.certificate?"), "{error}");
    }

    #[test]
    fn a_store_is_in_a_folder_or_on_a_cluster() {
        let rados = |more: &[(&str, &str)]| {
            load_in(None, None, &[&[("ONGGI_STORAGE_ENGINE", "rados")], more].concat())
        };
        let Storage::Rados(storage) = rados(&[]).unwrap().storage else { panic!("on a cluster") };
        assert_eq!(storage.client, "client.onggi");
        assert_eq!(storage.lease, Duration::from_secs(15));
        for (name, value) in [
            ("ONGGI_STORAGE_LEASE_SECONDS", "2"),
            ("ONGGI_STORAGE_TIMEOUT_SECONDS", "301"),
            ("ONGGI_STORAGE_PARTITIONS", "65"),
            ("ONGGI_STORAGE_CLIENT", "onggi"),
            ("ONGGI_STORAGE_INDEX_POOL", "a\0b"),
            ("ONGGI_STORAGE_ENGINE", "cephfs"),
        ] {
            assert!(rados(&[(name, value)]).is_err(), "{name} {value}");
        }
        let error = load_in(None, None, &[]).unwrap_err().to_string();
        assert!(error.starts_with("a folder is needed"), "{error}");
        let on_both = load("storage.engine = 'rados'", &[]).unwrap_err().to_string();
        assert_eq!(on_both, "d: with storage.engine = \"rados\" there is no folder");
        let idle = load("", &[("ONGGI_STORAGE_DATA_POOL", "p")]).unwrap_err().to_string();
        assert!(idle.starts_with("ONGGI_STORAGE_DATA_POOL does nothing"), "{idle}");
    }

    #[test]
    fn every_setting_is_read() {
        let value = |key: &str| match key {
            "address" | "console_address" => "127.0.0.1:1",
            "log_format" => "json",
            "log_level" => "debug",
            "metrics_from" | "trusted_proxies" => "10.0.0.1",
            "audit" => "all",
            "new_bucket_ownership" => OWNER_ENFORCED,
            "new_bucket_public_access_block" => "off",
            "sigv2" => "false",
            "storage.engine" => "rados",
            "storage.client" => "client.x",
            "storage.partitions" | "storage.timeout_seconds" | "storage.lease_seconds" => "3",
            _ if key.ends_with("_max") => "400",
            _ => "x",
        };
        let environment: Environment =
            KEYS.iter().map(|key| (environment_name(key), value(key).to_owned())).collect();
        let config = Config::load(ServerFlags::default(), &environment).unwrap();
        assert_eq!((config.connections_max, config.quotas.users), (400, 400));
    }

    #[test]
    fn audit_records_have_a_place_on_a_cluster_too() {
        let rados = ("ONGGI_STORAGE_ENGINE", "rados");
        let folder = |config: Config| config.audit_folder;
        assert_eq!(folder(load("", &[]).unwrap()), Path::new("d"));
        assert_eq!(folder(load("audit_folder = '/a'", &[]).unwrap()), Path::new("/a"));
        let gateway = load_in(None, None, &[rados]).unwrap();
        assert_eq!(folder(gateway), Path::new("/var/log/onggi"));
        let gateway = load_in(None, None, &[rados, ("ONGGI_AUDIT_FOLDER", "/a")]).unwrap();
        assert_eq!(folder(gateway), Path::new("/a"));
        let idle = load("audit = 'off'\naudit_folder = '/a'", &[]).unwrap_err().to_string();
        assert!(idle.ends_with("audit_folder does nothing with audit = \"off\""), "{idle}");
        assert!(load("audit_folder = ''", &[]).is_err());
    }

    #[test]
    fn a_misspelt_variable_is_refused_and_a_strange_one_isnt() {
        let error = load("", &[("ONGGI_ADRESS", "127.0.0.1:1")]).unwrap_err().to_string();
        assert_eq!(error, "ONGGI_ADRESS: there is no such variable; did you mean ONGGI_ADDRESS?");
        for name in ["ONGGI_PORT", "ONGGI_SERVICE_HOST", "ONGGI_PORT_9000_TCP_ADDR"] {
            load("", &[(name, "x")]).unwrap();
        }
    }

    #[test]
    fn quotas_are_aws_s_and_can_be_raised() {
        assert_eq!(load("", &[]).unwrap().quotas, Quotas::default());
        let most = Quotas::MAX;
        let file = format!("iam.users_max = {}\niam.groups_max = {}", most.users, most.groups);
        let policies = most.policies.to_string();
        let raised = load(&file, &[("ONGGI_IAM_POLICIES_MAX", &policies)]).unwrap();
        assert_eq!(raised.quotas, most);
        for (key, most) in [("users", 10_000), ("groups", 500), ("policies", 5000)] {
            for wrong in [0, most + 1] {
                let file = format!("[iam]\n{key}_max = {wrong}");
                assert!(load(&file, &[]).is_err(), "{file}");
            }
        }
    }

    #[test]
    fn values_of_the_wrong_kind_are_refused() {
        for file in [
            "sigv2 = 'perhaps'",
            "address = 9000",
            "connections_max = 0",
            "log_format = 'xml'",
            "region = 'Not A Region'",
            "tls.key = 'k.pem'",
            "trusted_proxies = '10.0.0.0/33'",
            "new_bucket_ownership = 'ObjectWriter'",
            "new_bucket_public_access_block = true",
            "audit = 'everything'",
            "region = 1.5",
        ] {
            assert!(load(file, &[]).is_err(), "{file}");
        }
    }

    #[test]
    fn a_secret_comes_from_the_environment_or_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        std::fs::write(&path, "s3cret\n").unwrap();
        let both = Environment::from([
            ("A".into(), "plain".into()),
            ("B_FILE".into(), path.display().to_string()),
        ]);
        assert_eq!(secret(&both, "A").unwrap().as_deref(), Some("plain"));
        assert_eq!(secret(&both, "B").unwrap().as_deref(), Some("s3cret"));
        assert_eq!(secret(&both, "C").unwrap(), None);
        let twice = Environment::from([("A".into(), "x".into()), ("A_FILE".into(), "y".into())]);
        assert!(secret(&twice, "A").is_err());
    }
}
