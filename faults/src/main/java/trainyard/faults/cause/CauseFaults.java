package trainyard.faults.cause;

/** The faults of one cause in the order of time. */
interface CauseFaults {

    /** When the next one is; {@link Long#MAX_VALUE} if there is none within the reach of the clock. */
    long nextNanos();

    /** The next one; the one behind it is next from then on. */
    Fault take();
}
