//! Ports that nobody else uses, and how long one waits.

use std::{
    net::{SocketAddr, TcpListener, UdpSocket},
    sync::atomic::{AtomicU16, Ordering},
    time::Duration,
};

/// Longer than anything here takes, on a machine that does much else.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// An address that is free for UDP and TCP, and the port after it too.
pub fn free_address() -> SocketAddr {
    loop {
        let (first, _) = port_range(2);
        let free = (first..first + 2).all(|port| {
            UdpSocket::bind(("127.0.0.1", port)).is_ok()
                && TcpListener::bind(("127.0.0.1", port)).is_ok()
        });
        if free {
            return ([127, 0, 0, 1], first).into();
        }
    }
}

/// So many ports that no other test gets: below those that the system gives out by itself, and not
/// those of the line's own tests.
pub fn port_range(count: u16) -> (u16, u16) {
    static NEXT: AtomicU16 = AtomicU16::new(22_000);
    let first = NEXT.fetch_add(count.next_multiple_of(2), Ordering::Relaxed);
    (first, first + count - 1)
}
