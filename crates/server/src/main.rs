//! The `onggi` command.

mod allocator;

use std::io::Write;
use std::process::ExitCode;

use server::cli::{self, Command};
use server::config::{Config, Environment, Storage};

#[global_allocator]
static ALLOCATOR: allocator::Mimalloc = allocator::Mimalloc;

fn main() -> ExitCode {
    allow_open_files();
    let environment: Environment = std::env::vars().collect();
    let ended = match cli::parse(std::env::args_os().skip(1)) {
        Err(mistake) => Err(mistake),
        Ok(Command::Help) => print(cli::HELP),
        Ok(Command::Version) => print(&format!("onggi {}\n", env!("CARGO_PKG_VERSION"))),
        Ok(Command::Server(flags)) => Config::load(flags, &environment)
            .map_err(|e| e.to_string())
            .and_then(|config| server::run::run(config, &environment).map_err(|e| e.to_string())),
        Ok(Command::NewRootKey { folder }) => server::root_key::renew(&folder, &environment)
            .map_err(|e| e.to_string())
            .and_then(|key| {
                print(&format!(
                    "Access key  {}\nSecret key  {}\nThe secret isn't shown again. The old key has \
                     ended; a running server takes the new one within a second.\n",
                    key.id.as_str(),
                    key.secret
                ))
            }),
        Ok(Command::Why { request_id, folder }) => {
            server::why::run(&folder, &request_id, &mut std::io::stdout().lock())
        }
        Ok(Command::Fsck { folder }) => {
            return server::fsck::run(&folder, &mut std::io::stdout().lock());
        }
        Ok(Command::FsckCluster(flags)) => match Config::load(flags, &environment) {
            Ok(Config { storage: Storage::Rados(storage), .. }) => {
                return server::fsck::cluster::run(&storage, &mut std::io::stdout().lock());
            }
            Ok(_) => unreachable!("without a folder a store is on a cluster"),
            Err(error) => Err(error.to_string()),
        },
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(mistake) => {
            let _ = writeln!(std::io::stderr(), "onggi: {mistake}");
            ExitCode::FAILURE
        }
    }
}

/// Every connection is an open file, and so is every segment of the log, 64 for each GiB of small
/// objects; the 1,024 that most systems begin with are meant for programs that use `select`.
fn allow_open_files() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    // A system that refuses its own limit leaves what there is.
    let _ = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum });
}

fn print(text: &str) -> Result<(), String> {
    std::io::stdout().write_all(text.as_bytes()).map_err(|e| e.to_string())
}
