package trainyard.training.clock;

/** What an update rule does when something happens at a worker. */
public interface WorkerListener {

    /** A worker is there and has nothing to do: at the start, and when it returns from an outage that cost it its work. */
    void ready(int worker);

    /** A worker has computed a gradient. */
    void computed(Work work);
}
