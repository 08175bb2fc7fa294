package trainyard.sim.network.collective;

/** A collective of more messages than a {@link MessageBudget} allows. */
public final class TooManyMessagesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManyMessagesException(String message) {
        super(message);
    }
}
