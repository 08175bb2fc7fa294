package trainyard.scenario.validity;

import java.util.List;
import trainyard.scenario.verify.Suite;
import trainyard.scenario.verify.bubbles.BubblesSuite;
import trainyard.scenario.verify.collectives.CollectivesSuite;
import trainyard.scenario.verify.memory.MemorySuite;
import trainyard.scenario.verify.training.TrainingSuite;
import trainyard.sim.hardware.HardwareCatalog;

/** The suites that hold the model against measurements. */
public final class Suites {

    private Suites() {}

    /** Every suite. */
    public static List<Suite> all() {
        HardwareCatalog catalog = HardwareCatalog.load();
        return List.of(
                new CollectivesSuite(catalog), TrainingSuite.of(catalog), new MemorySuite(catalog), new BubblesSuite());
    }
}
