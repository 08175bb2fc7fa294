package trainyard.scenario.validity;

import java.util.ArrayList;
import java.util.List;
import trainyard.scenario.verify.Suite;
import trainyard.scenario.verify.bubbles.BubblesSuite;
import trainyard.scenario.verify.calibration.CalibrationSuite;
import trainyard.scenario.verify.collectives.CollectivesSuite;
import trainyard.scenario.verify.faults.FaultsSuite;
import trainyard.scenario.verify.faults.simulation.EngineSimulation;
import trainyard.scenario.verify.memory.MemorySuite;
import trainyard.scenario.verify.scheduling.SchedulingSuite;
import trainyard.scenario.verify.sgd.SgdSuite;
import trainyard.scenario.verify.sgd.simulation.TrainingSimulation;
import trainyard.scenario.verify.training.TrainingSuite;
import trainyard.sim.hardware.HardwareCatalog;

/** The suites that hold the model against measurements. */
public final class Suites {

    /** Of what rows are simulated with; tests hold the verdicts of some rows of each family under 2, 3 and 4 as well. */
    private static final long SEED = 1;

    private Suites() {}

    /** Every suite. */
    public static List<Suite> all() {
        List<Suite> suites = new ArrayList<>(ofTheStep());
        suites.add(faults(SEED));
        suites.add(SchedulingSuite.shipped());
        suites.add(CalibrationSuite.shipped());
        suites.add(sgd(SEED));
        return List.copyOf(suites);
    }

    /**
     * That of failures, checkpoints and recovery.
     *
     * @param seed of what rows are simulated with
     */
    public static FaultsSuite faults(long seed) {
        return new FaultsSuite(new EngineSimulation(seed), seed);
    }

    /**
     * That of synchronous, asynchronous and low-communication SGD.
     *
     * @param seed of what rows are simulated with
     */
    public static SgdSuite sgd(long seed) {
        return new SgdSuite(new TrainingSimulation(seed), seed);
    }

    /** Those that hold a training step, or a part of one, against measurements. */
    public static List<Suite> ofTheStep() {
        HardwareCatalog catalog = HardwareCatalog.load();
        return List.of(
                new CollectivesSuite(catalog), TrainingSuite.of(catalog), new MemorySuite(catalog), new BubblesSuite());
    }
}
