package trainyard.faults.coordination.coordinator;

/** Workers die more often than they get from one checkpoint to the next, so that their steps are never done. */
public final class EndlessTrainingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EndlessTrainingException(String message) {
        super(message);
    }
}
