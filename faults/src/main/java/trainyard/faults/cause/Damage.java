package trainyard.faults.cause;

/** What a fault destroys, and so which checkpoints are left. Each constant destroys all that those before it do. */
public enum Damage {
    /** Processes end: GPU memory is gone, host memory that another process holds and all hardware stay. */
    PROCESS,
    /** The node restarts: host memory is gone, its disks stay, it can be used again at once. */
    RESTART,
    /** The node is out of use until it is repaired: host memory and disks cannot be reached. */
    NODE,
    /** The site is out of use with all that it stores: only copies elsewhere are left. */
    SITE;

    /** Whether the node has to be replaced. */
    public boolean takesNode() {
        return compareTo(NODE) >= 0;
    }
}
