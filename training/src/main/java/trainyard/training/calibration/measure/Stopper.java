package trainyard.training.calibration.measure;

/** Tells when to stop measuring: at a time, or when somebody asks. */
public final class Stopper {

    private final long deadlineNanos;
    private volatile boolean asked;

    private Stopper(long deadlineNanos) {
        this.deadlineNanos = deadlineNanos;
    }

    /** Stops after a while. */
    public static Stopper after(double seconds) {
        return new Stopper(System.nanoTime() + (long) (seconds * 1e9));
    }

    /** Asks to stop as soon as the repetition under way ends; from any thread. */
    public void stop() {
        asked = true;
    }

    /** Whether somebody asked. */
    public boolean isAsked() {
        return asked;
    }

    /** Whether to stop, for whatever reason. */
    public boolean isOver() {
        return asked || System.nanoTime() - deadlineNanos > 0;
    }
}
