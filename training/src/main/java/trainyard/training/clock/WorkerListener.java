package trainyard.training.clock;

/** What an update rule does when something happens at a worker. */
public interface WorkerListener {

    /** A worker starts. */
    void ready(int worker);

    /** A worker has computed a gradient. */
    void computed(GradientWork work);

    /**
     * A worker that had started fails, or is not there when it is to start; what it computed is lost, and it must not be asked for
     * anything until it returns.
     */
    void failed(int worker);

    /** A worker that had failed is there again. */
    void returned(int worker);
}
