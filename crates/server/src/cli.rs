//! The command line: what was asked for, and the help that says what can be.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

/// What `onggi --help` prints.
pub const HELP: &str = "\
Onggi keeps objects: Amazon S3 on one machine, or on a Ceph cluster.

Usage:
  onggi server DIR [--address IP:PORT] [--console-address IP:PORT] [--config FILE]
      Serves the store in DIR, which is made if it isn't there. Without DIR: a gateway
      to the store on the Ceph cluster that the configuration names.
  onggi root-key new DIR
      Makes a new access key for root and ends the old one. The server may be running.
  onggi fsck DIR
      Reads and checks everything in DIR. The server must not be running.
  onggi fsck [--config FILE]
      The same of the store on a cluster. Gateways may be running.
  onggi why REQUEST-ID [DIR]
      Says what was decided about a request and why, out of the audit records in DIR (or here).
  onggi --help | --version

Defaults: --address 127.0.0.1:9000, --console-address 127.0.0.1:9001.
Flags go before the environment (ONGGI_ADDRESS ...), the environment before the file.
docs/operating describes them all.
";

/// A command.
#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    /// Print the help.
    Help,
    /// Print the version.
    Version,
    /// Serve a folder.
    Server(ServerFlags),
    /// Make a new root key.
    NewRootKey {
        /// The store's folder.
        folder: PathBuf,
    },
    /// Explain what was decided about a request.
    Why {
        /// Its id.
        request_id: String,
        /// The store's folder.
        folder: PathBuf,
    },
    /// Check a folder.
    Fsck {
        /// The store's folder.
        folder: PathBuf,
    },
    /// Check a store on a cluster.
    FsckCluster(ServerFlags),
}

/// What `onggi server` was told on the command line.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct ServerFlags {
    /// The store's folder, if it is in one.
    pub folder: Option<PathBuf>,
    /// `--address`.
    pub address: Option<SocketAddr>,
    /// `--console-address`.
    pub console_address: Option<SocketAddr>,
    /// `--config`.
    pub config: Option<PathBuf>,
}

/// Reads the arguments after the program's name. The error is a sentence for the user.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, String> {
    let mut words = Vec::new();
    let mut flags = ServerFlags::default();
    let mut given = Vec::new();
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next().map_err(|e| e.to_string())? {
        match argument {
            lexopt::Arg::Short('h') | lexopt::Arg::Long("help") => return Ok(Command::Help),
            lexopt::Arg::Short('V') | lexopt::Arg::Long("version") => return Ok(Command::Version),
            lexopt::Arg::Long("address") => {
                flags.address = Some(address(&mut parser, "--address")?);
                given.push("--address");
            }
            lexopt::Arg::Long("console-address") => {
                flags.console_address = Some(address(&mut parser, "--console-address")?);
                given.push("--console-address");
            }
            lexopt::Arg::Long("config") => {
                flags.config = Some(parser.value().map_err(|e| e.to_string())?.into());
                given.push("--config");
            }
            lexopt::Arg::Value(word) => words.push(word),
            other => return Err(format!("{}; see onggi --help", other.unexpected())),
        }
    }
    let command = command(&words, flags)?;
    match (&command, given.first()) {
        (Command::Server(_), _) | (_, None) => Ok(command),
        (Command::FsckCluster(_), Some(&"--config")) if given.len() == 1 => Ok(command),
        (_, Some(flag)) => Err(format!("{flag} belongs to onggi server; see onggi --help")),
    }
}

fn command(words: &[OsString], flags: ServerFlags) -> Result<Command, String> {
    let text: Vec<_> = words.iter().map(|it| it.to_string_lossy()).collect();
    match text.iter().map(AsRef::as_ref).collect::<Vec<&str>>()[..] {
        [] => Ok(Command::Help),
        ["server", _] => {
            Ok(Command::Server(ServerFlags { folder: Some((&words[1]).into()), ..flags }))
        }
        ["server"] => Ok(Command::Server(flags)),
        ["root-key", "new", _] => Ok(Command::NewRootKey { folder: (&words[2]).into() }),
        ["why", id] => Ok(Command::Why { request_id: id.into(), folder: ".".into() }),
        ["why", id, _] => Ok(Command::Why { request_id: id.into(), folder: (&words[2]).into() }),
        ["fsck", _] => Ok(Command::Fsck { folder: (&words[1]).into() }),
        ["fsck"] => Ok(Command::FsckCluster(flags)),
        _ => Err(format!("onggi {} is no command; see onggi --help", text.join(" "))),
    }
}

fn address(parser: &mut lexopt::Parser, flag: &str) -> Result<SocketAddr, String> {
    let value = parser.value().map_err(|e| e.to_string())?;
    let text = value.to_string_lossy();
    text.parse().map_err(|_| format!("{flag} {text}: give an IP and a port, as 127.0.0.1:9000"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Command, String> {
        parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn commands_and_flags() {
        assert_eq!(parsed(""), Ok(Command::Help));
        assert_eq!(parsed("server --help"), Ok(Command::Help));
        assert_eq!(parsed("root-key new d"), Ok(Command::NewRootKey { folder: "d".into() }));
        let why = |folder: &str| Command::Why { request_id: "1F".into(), folder: folder.into() };
        assert_eq!(parsed("why 1F"), Ok(why(".")));
        assert_eq!(parsed("why 1F d"), Ok(why("d")));
        assert_eq!(parsed("fsck d"), Ok(Command::Fsck { folder: "d".into() }));
        let config = || ServerFlags { config: Some("c".into()), ..ServerFlags::default() };
        assert_eq!(parsed("fsck --config c"), Ok(Command::FsckCluster(config())));
        assert_eq!(parsed("server --config c"), Ok(Command::Server(config())));
        assert_eq!(
            parsed("server d --address 127.0.0.1:1 --config=c.toml"),
            Ok(Command::Server(ServerFlags {
                folder: Some("d".into()),
                address: Some("127.0.0.1:1".parse().unwrap()),
                console_address: None,
                config: Some("c.toml".into()),
            }))
        );
    }

    #[test]
    fn mistakes_are_named() {
        for (line, part) in [
            ("serve d", "onggi serve d is no command"),
            ("server d --adress 127.0.0.1:1", "--adress"),
            ("server d --address nowhere", "--address nowhere"),
            ("fsck d --address 127.0.0.1:1", "--address belongs to onggi server"),
            ("fsck d --config c.toml", "--config belongs to onggi server"),
            ("fsck --address 127.0.0.1:1", "--address belongs to onggi server"),
        ] {
            let error = parsed(line).unwrap_err();
            assert!(error.contains(part), "{line}: {error}");
        }
    }
}
