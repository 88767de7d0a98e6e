//! What the machine takes for a GET when a server does nothing but move bytes: its kernel's share, below
//! which no server comes that copies from the page cache into a connection on the same machine.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::time::{Duration, Instant};

use mio::net::{TcpListener, TcpStream};
use mio::{Events, Interest, Poll, Token};

use crate::process::{CpuTime, cpu_time};

/// A large file, and how often it is sent.
const FILE_BYTES: usize = 512 << 20;
const FILE_ROUNDS: usize = 3;
/// Bytes copied at once.
const COPIED_BYTES: usize = 448 << 10;
/// A signed request, and an answer with a body of 4 KiB.
const REQUEST_BYTES: usize = 700;
const ANSWER_BYTES: usize = 4096 + 500;
const CONNECTIONS: usize = 32;
const VOLLEYS_TIME: Duration = Duration::from_secs(1);

/// CPU time of a server that only moves bytes.
pub struct Floor {
    /// For a GiB of a large file that is in the page cache, over one connection.
    pub gib: Duration,
    /// For one of many small answers, over 32 connections.
    pub answer: Duration,
}

impl Floor {
    /// Measures it, on a file in a folder.
    pub fn measure(folder: &Path) -> io::Result<Self> {
        Ok(Self { gib: large(folder)?, answer: small()? })
    }

    /// As a line of the report.
    pub fn report(&self) -> String {
        format!(
            "Moving bytes alone, CPU: {:.0} ms/GiB out of the page cache x1, {:.1} us for 4 KiB x{CONNECTIONS}\n",
            self.gib.as_secs_f64() * 1e3,
            self.answer.as_secs_f64() * 1e6
        )
    }
}

/// What a thread spends on some work.
fn spent(work: impl FnOnce() -> io::Result<()>) -> io::Result<Duration> {
    let before: CpuTime = cpu_time("thread-self")?;
    work()?;
    Ok(cpu_time("thread-self")?.since(before).total())
}

fn any_port() -> SocketAddr {
    (Ipv4Addr::LOCALHOST, 0).into()
}

fn large(folder: &Path) -> io::Result<Duration> {
    std::fs::create_dir_all(folder)?;
    let path = folder.join(format!("floor-{}", std::process::id()));
    let mut piece = vec![7; COPIED_BYTES];
    let mut file = File::options().read(true).write(true).create_new(true).open(&path)?;
    std::fs::remove_file(&path)?;
    for _ in 0..FILE_BYTES.div_ceil(COPIED_BYTES) {
        file.write_all(&piece)?;
    }
    // Or it would be written meanwhile.
    file.sync_all()?;
    let listener = std::net::TcpListener::bind(any_port())?;
    let address = listener.local_addr()?;
    let reader = std::thread::spawn(move || {
        let mut stream = std::net::TcpStream::connect(address)?;
        let mut taken = vec![0; 256 << 10];
        while stream.read(&mut taken)? > 0 {}
        io::Result::Ok(())
    });
    let (mut stream, _) = listener.accept()?;
    stream.set_nodelay(true)?;
    let mut moved = 0;
    let time = spent(|| {
        for _ in 0..FILE_ROUNDS {
            for at in (0..FILE_BYTES).step_by(COPIED_BYTES) {
                file.read_exact_at(&mut piece, at as u64)?;
                stream.write_all(&piece)?;
                moved += piece.len();
            }
        }
        Ok(())
    })?;
    drop(stream);
    reader.join().map_err(|_| io::Error::other("the reader panicked"))??;
    Ok(time.mul_f64(f64::from(1 << 30) / moved as f64))
}

fn small() -> io::Result<Duration> {
    let listener = TcpListener::bind(any_port())?;
    let address = listener.local_addr()?;
    let client = std::thread::spawn(move || {
        let connect = |_| std::net::TcpStream::connect(address);
        let mut streams: Vec<_> = (0..CONNECTIONS).map(connect).collect::<Result<_, _>>()?;
        for stream in &mut streams {
            stream.set_nonblocking(true)?;
            stream.write_all(&[1; REQUEST_BYTES])?;
        }
        let streams = streams.into_iter().map(TcpStream::from_std).collect();
        volley(streams, ANSWER_BYTES, REQUEST_BYTES, Some(Instant::now() + VOLLEYS_TIME))
    });
    let mut streams = Vec::with_capacity(CONNECTIONS);
    while streams.len() < CONNECTIONS {
        match listener.accept() {
            Ok((stream, _)) => streams.push(stream),
            Err(error) if error.kind() == ErrorKind::WouldBlock => std::thread::yield_now(),
            Err(error) => return Err(error),
        }
    }
    let mut answers = 0;
    let time = spent(|| {
        answers = volley(streams, REQUEST_BYTES, ANSWER_BYTES, None)?;
        Ok(())
    })?;
    client.join().map_err(|_| io::Error::other("the client panicked"))??;
    Ok(time / answers.max(1))
}

/// Answers so many bytes with so many, on each connection, until a time or until all are closed; gives
/// how many answers went out.
fn volley(
    mut streams: Vec<TcpStream>,
    taken: usize,
    given: usize,
    until: Option<Instant>,
) -> io::Result<u32> {
    let (mut poll, mut events) = (Poll::new()?, Events::with_capacity(CONNECTIONS));
    for (number, stream) in streams.iter_mut().enumerate() {
        stream.set_nodelay(true)?;
        poll.registry().register(stream, Token(number), Interest::READABLE)?;
    }
    // What comes isn't looked at: connections may share the memory.
    let (mut buffer, answer) = (vec![0; taken], vec![1; given]);
    let mut have = vec![0; streams.len()];
    let (mut open, mut answered) = (streams.len(), 0);
    while open > 0 && until.is_none_or(|it| Instant::now() < it) {
        poll.poll(&mut events, Some(VOLLEYS_TIME))?;
        for event in &events {
            let Token(number) = event.token();
            match turn(&mut streams[number], &mut have[number], &mut buffer, &answer)? {
                Turn::Waiting => {}
                Turn::Answered => answered += 1,
                Turn::Closed => {
                    poll.registry().deregister(&mut streams[number])?;
                    open -= 1;
                }
            }
        }
    }
    Ok(answered)
}

enum Turn {
    Waiting,
    Answered,
    Closed,
}

/// Reads on, and answers once all has come. The answer fits what the kernel holds: no more than one is
/// on its way.
fn turn(
    stream: &mut TcpStream,
    have: &mut usize,
    buffer: &mut [u8],
    answer: &[u8],
) -> io::Result<Turn> {
    let over = |error: io::Error| match error.kind() {
        ErrorKind::WouldBlock => Ok(Turn::Waiting),
        ErrorKind::ConnectionReset | ErrorKind::BrokenPipe => Ok(Turn::Closed),
        _ => Err(error),
    };
    while *have < buffer.len() {
        match stream.read(&mut buffer[*have..]) {
            Ok(0) => return Ok(Turn::Closed),
            Ok(more) => *have += more,
            Err(error) => return over(error),
        }
    }
    *have = 0;
    stream.write_all(answer).map_or_else(over, |()| Ok(Turn::Answered))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_measured() {
        assert!(small().unwrap() > Duration::ZERO);
    }
}
