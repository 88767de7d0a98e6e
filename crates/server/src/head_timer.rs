//! The time that a client has for the head of a request.
//!
//! hyper asks for a new timeout with each request and drops it as soon as the head is there: with
//! tokio's own timers that is an allocation, and twice the lock of the runtime's timers, for
//! something that hardly ever ends. Here a connection has one alarm. It is set anew only when it
//! rings, and then for the head that is waited for by then.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use hyper::rt::{Sleep, Timer};
use parking_lot::Mutex;

/// hyper's timer for one connection.
#[derive(Default)]
pub(crate) struct HeadTimer(Arc<Mutex<Option<Alarm>>>);

type Alarm = Pin<Box<tokio::time::Sleep>>;

impl Timer for HeadTimer {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Sleep>> {
        self.sleep_until(self.now() + duration)
    }

    fn sleep_until(&self, deadline: Instant) -> Pin<Box<dyn Sleep>> {
        Box::pin(HeadTimeout { deadline, alarm: Arc::clone(&self.0) })
    }

    fn now(&self) -> Instant {
        tokio::time::Instant::now().into_std()
    }
}

struct HeadTimeout {
    deadline: Instant,
    alarm: Arc<Mutex<Option<Alarm>>>,
}

impl Sleep for HeadTimeout {}

impl Future for HeadTimeout {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let deadline = self.deadline.into();
        let mut alarm = self.alarm.lock();
        let alarm = alarm.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(deadline)));
        // Set for an earlier head, it rings too early and is set again then.
        if alarm.deadline() > deadline {
            alarm.as_mut().reset(deadline);
        }
        while alarm.as_mut().poll(cx).is_ready() {
            if alarm.deadline() >= deadline {
                return Poll::Ready(());
            }
            alarm.as_mut().reset(deadline);
        }
        Poll::Pending
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::time::Instant as Now;

    #[tokio::test(start_paused = true)]
    async fn each_head_has_its_whole_time() {
        let (timer, timeout) = (HeadTimer::default(), Duration::from_secs(30));
        let began = Now::now();
        for wait in [1, 29, 10] {
            // A head that comes in time: its timeout is dropped.
            let head = timer.sleep(timeout);
            let came = tokio::time::timeout(Duration::from_secs(wait), head).await;
            assert!(came.is_err(), "{wait} of 30 seconds");
        }
        timer.sleep(timeout).await;
        assert_eq!(began.elapsed().as_secs(), 1 + 29 + 10 + 30);
        // And one that is asked for when the alarm has rung.
        timer.sleep(timeout).await;
        assert_eq!(began.elapsed().as_secs(), 100);
    }

    #[tokio::test(start_paused = true)]
    async fn a_shorter_time_is_kept_too() {
        let (timer, began) = (HeadTimer::default(), Now::now());
        let long = timer.sleep(Duration::from_secs(60));
        assert!(tokio::time::timeout(Duration::from_secs(1), long).await.is_err());
        timer.sleep(Duration::from_secs(5)).await;
        assert_eq!(began.elapsed().as_secs(), 6);
    }
}
