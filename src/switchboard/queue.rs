//! Who may go on now: a bound on all turns together, and one at a time per address. Locks exist
//! only while somebody holds or awaits them.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use bot::store::Address;
use door::Rejected;
use tokio::sync::{OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};

type Locks = Arc<Mutex<HashMap<Address, Arc<tokio::sync::Mutex<()>>>>>;

/// The waiting room.
pub(super) struct Queue {
    places: Arc<Semaphore>,
    all: u32,
    closing: AtomicBool,
    locks: Locks,
}

impl Queue {
    pub fn new(places: usize) -> Queue {
        Queue {
            places: Arc::new(Semaphore::new(places)),
            all: u32::try_from(places).unwrap_or(u32::MAX),
            closing: AtomicBool::new(false),
            locks: Locks::default(),
        }
    }

    /// A place, until it is dropped; never waits.
    pub fn enter(&self) -> Result<OwnedSemaphorePermit, Rejected> {
        if self.is_closed() {
            return Err(Rejected::Closing);
        }
        self.places.clone().try_acquire_owned().map_err(|_| Rejected::Busy)
    }

    /// Waits until nobody else is at this address. In order of arrival.
    pub async fn alone(&self, address: &Address) -> Alone {
        let lock = {
            let mut locks = self.locks.lock().unwrap_or_else(PoisonError::into_inner);
            locks.entry(address.clone()).or_default().clone()
        };
        let guard = lock.lock_owned().await;
        Alone { guard: Some(guard), address: address.clone(), locks: self.locks.clone() }
    }

    /// Lets nobody in any more, and waits until all have left.
    pub async fn close(&self, patience: Duration) -> Result<(), tokio::time::error::Elapsed> {
        self.closing.store(true, Ordering::Release);
        // Having every place means that everybody has left.
        tokio::time::timeout(patience, self.places.acquire_many(self.all)).await.map(drop)
    }

    pub fn is_closed(&self) -> bool {
        self.closing.load(Ordering::Acquire)
    }
}

/// Nobody else is at this address. Dropping it lets the next one in, or forgets the address.
pub(super) struct Alone {
    guard: Option<OwnedMutexGuard<()>>,
    address: Address,
    locks: Locks,
}

impl Drop for Alone {
    fn drop(&mut self) {
        let mut locks = self.locks.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.guard.take());
        // New holders of the lock are only made under `locks`, so this count cannot grow meanwhile.
        if locks.get(&self.address).is_some_and(|lock| Arc::strong_count(lock) == 1) {
            locks.remove(&self.address);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(key: &str) -> Address {
        Address { channel: "test".into(), key: key.into() }
    }

    #[tokio::test]
    async fn two_at_one_address_wait_for_each_other_and_leave_nothing_behind() {
        let queue = Arc::new(Queue::new(4));
        let first = queue.alone(&address("a")).await;
        let other = queue.alone(&address("b")).await;
        let second = tokio::spawn({
            let queue = queue.clone();
            async move { drop(queue.alone(&address("a")).await) }
        });
        tokio::task::yield_now().await;
        assert!(!second.is_finished());
        drop(first);
        second.await.expect("it gets its turn");
        drop(other);
        assert!(queue.locks.lock().expect("sound").is_empty());
    }

    #[tokio::test]
    async fn a_full_room_says_so_and_a_closed_one_too() {
        let queue = Queue::new(1);
        let place = queue.enter().expect("there is room");
        assert!(matches!(queue.enter(), Err(Rejected::Busy)));
        assert!(queue.close(Duration::from_millis(1)).await.is_err());
        drop(place);
        assert!(matches!(queue.enter(), Err(Rejected::Closing)));
    }
}
