package trainyard.training.clock;

/** How many times as long something takes at this moment as on a quiet machine. */
public interface Slowness {

    /** A quiet machine. */
    Slowness NONE = new Slowness() {
        @Override
        public double core(int worker) {
            return 1;
        }

        @Override
        public double ring(int worker) {
            return 1;
        }
    };

    /** What the core of a worker does. */
    double core(int worker);

    /** What a worker exchanges with its neighbours in a ring, for which both must have their cores at once. */
    double ring(int worker);
}
