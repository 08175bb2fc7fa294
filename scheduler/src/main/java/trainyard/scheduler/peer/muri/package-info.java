/**
 * The simulator of Muri (Zhao et al., SIGCOMM 2022; Rivendile/Muri at 4e69a78), which grew from that of Tiresias: at every event
 * each running job loses a few seconds that depend on its model and size.
 */
package trainyard.scheduler.peer.muri;
