//! What the operating system says of a process, from /proc, and servers that are started for a run.

use std::fs;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use crate::launch::{self, Program};

/// The clock tick of /proc on every Linux (USER_HZ).
const TICK: Duration = Duration::from_millis(10);
/// A server that takes longer to start isn't waited for.
const START_TIMEOUT: Duration = Duration::from_secs(60);
/// Idle memory is read so long after the start.
const IDLE_AFTER: Duration = Duration::from_secs(2);
const STOP_TIMEOUT: Duration = Duration::from_secs(60);
/// A server that is asked whether it is ready has so long.
const READY_TIMEOUT: Duration = Duration::from_secs(5);
/// How often a start or an end is looked for.
const LOOK_EVERY: Duration = Duration::from_millis(1);

/// CPU time that a process has used, all its threads, those that ended too.
#[derive(Clone, Copy, Debug, Default)]
pub struct CpuTime {
    /// In its own code.
    pub user: Duration,
    /// In the kernel.
    pub system: Duration,
}

impl CpuTime {
    /// Since an earlier look.
    pub fn since(self, earlier: Self) -> Self {
        Self { user: self.user - earlier.user, system: self.system - earlier.system }
    }

    /// With that of a further stretch.
    pub fn plus(self, other: Self) -> Self {
        Self { user: self.user + other.user, system: self.system + other.system }
    }

    /// Both.
    pub fn total(self) -> Duration {
        self.user + self.system
    }
}

/// The CPU time of a process; of this one for `self`.
pub fn cpu_time(pid: &str) -> io::Result<CpuTime> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    parse_stat(&text).ok_or_else(|| io::Error::other("/proc/PID/stat can't be read"))
}

fn parse_stat(text: &str) -> Option<CpuTime> {
    // The second field is the program's name, which may hold spaces and parentheses.
    let mut fields = text.rsplit_once(')')?.1.split_ascii_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<u32>().ok();
    Some(CpuTime { user: TICK * ticks()?, system: TICK * ticks()? })
}

/// A figure of /proc/PID/status, in MiB.
fn status_mib(pid: &str, name: &str) -> Option<f64> {
    let text = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = text.lines().find_map(|it| it.strip_prefix(name)?.strip_prefix(':'))?;
    let kib: f64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kib / 1024.0)
}

/// Memory in use now.
pub fn memory_mib(pid: &str) -> Option<f64> {
    status_mib(pid, "VmRSS")
}

/// Most memory in use since the last [`forget_peak`].
pub fn peak_mib(pid: &str) -> Option<f64> {
    status_mib(pid, "VmHWM")
}

/// Begins a new peak; where that isn't allowed, the peak is the process's whole life's.
pub fn forget_peak(pid: &str) {
    let _ = fs::write(format!("/proc/{pid}/clear_refs"), "5");
}

/// How many runnable tasks there were lately: other work on the machine shows here.
pub fn load_average() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_ascii_whitespace().take(3).collect::<Vec<_>>().join(" ")
}

/// The processor's name and how many there are.
pub fn machine() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = text.lines().find_map(|it| it.strip_prefix("model name")?.split_once(": "));
    let count = text.lines().filter(|it| it.starts_with("processor")).count();
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    format!("{count} x {}, Linux {}", model.map_or("?", |it| it.1), kernel.trim())
}

/// A server that was started here, on a folder of its own.
pub struct OwnServer {
    program: Program,
    folder: PathBuf,
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// From the start of the process to its listening.
    pub start_time: Duration,
    /// Memory some seconds later, before any request.
    pub idle_mib: Option<f64>,
}

impl OwnServer {
    /// Starts a program on a folder and waits until it answers and has come to rest.
    pub fn start(program: &Program, folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let address = launch::free_address()?;
        let mut command = program.command(folder, address)?;
        let began = Instant::now();
        let mut child = command.spawn()?;
        while !answers(address) {
            let ended = child.try_wait()?.is_some();
            if ended || began.elapsed() > START_TIMEOUT {
                let _ = child.kill();
                return Err(io::Error::other("it doesn't listen; its log says why"));
            }
            std::thread::sleep(LOOK_EVERY);
        }
        let start_time = began.elapsed();
        std::thread::sleep(IDLE_AFTER);
        let idle_mib = memory_mib(&child.id().to_string());
        let (program, folder) = (program.clone(), folder.to_owned());
        Ok(Self { program, folder, child, address, start_time, idle_mib })
    }

    /// The process.
    pub fn pid(&self) -> String {
        self.child.id().to_string()
    }

    /// Ends it as an operator would and starts it again on what it has stored.
    pub fn restart(mut self) -> io::Result<Self> {
        self.stop()?;
        Self::start(&self.program, &self.folder)
    }

    /// Ends it and removes what it has stored.
    pub fn remove(mut self) -> io::Result<()> {
        self.stop()?;
        fs::remove_dir_all(&self.folder)
    }

    fn stop(&mut self) -> io::Result<()> {
        let pid = self.pid();
        Command::new("kill").args(["-TERM", &pid]).status()?;
        let began = Instant::now();
        while self.child.try_wait()?.is_none() {
            if began.elapsed() > STOP_TIMEOUT {
                self.child.kill()?;
            }
            std::thread::sleep(LOOK_EVERY);
        }
        Ok(())
    }
}

impl Drop for OwnServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Whether somebody listens there and doesn't say that it isn't ready: some listen before they are.
fn answers(address: SocketAddr) -> bool {
    let ask = || {
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(READY_TIMEOUT))?;
        stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
        let mut status = [0; 12];
        stream.read_exact(&mut status)?;
        io::Result::Ok(status)
    };
    ask().is_ok_and(|status| status.starts_with(b"HTTP/1.") && status[9] != b'5')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stat_line_is_read_whatever_the_name() {
        let line = "7 (a) b) c) S 1 7 7 0 -1 4194560 1 2 3 4 150 25 9 9 20 0 5 0 99";
        let time = parse_stat(line).unwrap();
        assert_eq!((time.user.as_millis(), time.system.as_millis()), (1500, 250));
        assert!(cpu_time("self").is_ok());
    }
}
