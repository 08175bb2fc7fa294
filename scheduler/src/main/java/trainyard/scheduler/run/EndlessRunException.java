package trainyard.scheduler.run;

/** A run without a horizon that gets nowhere: its nodes break too often, nothing can end the jobs that are left, or it takes ages. */
public final class EndlessRunException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    EndlessRunException(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    /** What would let the jobs get done. */
    public String remedy() {
        return remedy;
    }
}
