package trainyard.scheduler.run;

/** A run without a horizon that gets nowhere: its nodes break too often, or nothing can end the jobs that are left. */
public final class EndlessRunException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EndlessRunException(String message) {
        super(message);
    }
}
