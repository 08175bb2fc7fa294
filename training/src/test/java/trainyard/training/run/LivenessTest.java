package trainyard.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trainyard.faults.recovery.OnLoss;
import trainyard.sim.random.Fixed;
import trainyard.training.clock.ComputeLaw;
import trainyard.training.clock.Outages;
import trainyard.training.pipeline.PipeDream;
import trainyard.training.pipeline.PipeMare;
import trainyard.training.replica.AdPsgd;
import trainyard.training.replica.DiLoCo;
import trainyard.training.replica.ElasticAveraging;
import trainyard.training.replica.FederatedAveraging;
import trainyard.training.replica.GossipTopology;
import trainyard.training.replica.LocalSgd;
import trainyard.training.replica.OuterBits;
import trainyard.training.replica.PostLocalSgd;
import trainyard.training.replica.StreamingDiLoCo;
import trainyard.training.rule.AdaSync;
import trainyard.training.rule.Asynchronous;
import trainyard.training.rule.BackupWorkers;
import trainyard.training.rule.ElasticSynchronous;
import trainyard.training.rule.KAsync;
import trainyard.training.rule.KBatchAsync;
import trainyard.training.rule.KBatchSync;
import trainyard.training.rule.KSync;
import trainyard.training.rule.StaleSynchronous;
import trainyard.training.rule.Synchronous;
import trainyard.training.rule.UpdateRule;

/**
 * No schedule of failures makes a rule stand still for good: once all workers are back, updates go on. Gradients take a second or
 * draw their time; failures lie on a grid of a tenth of a second in half of the cases, so that many things happen at one moment.
 */
class LivenessTest {
    private static final int SEEDS = 150;
    private static final double LAST_FAILURE = 20;

    /** Longer than any round of any rule below takes. */
    private static final double PATIENCE = 40;

    private record Made(String name, IntFunction<UpdateRule> rule) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Made> rules() {
        List<Made> rules = new ArrayList<>();
        for (OnLoss onLoss : OnLoss.values()) {
            rules.add(new Made("elastic " + onLoss, workers -> new ElasticSynchronous(onLoss)));
        }
        rules.add(new Made("all-reduce", workers -> new Synchronous(Synchronous.Exchange.ALL_REDUCE)));
        rules.add(new Made("server", workers -> new Synchronous(Synchronous.Exchange.SERVER)));
        rules.add(new Made("k-sync", workers -> new KSync((workers + 1) / 2)));
        rules.add(new Made("backup", workers -> new BackupWorkers((workers - 1) / 2)));
        rules.add(new Made("k-batch-sync", KBatchSync::new));
        rules.add(new Made("ada-sync", workers -> new AdaSync(1, 2)));
        rules.add(new Made("k-async", workers -> new KAsync((workers + 1) / 2)));
        rules.add(new Made("k-batch-async", workers -> new KBatchAsync(3)));
        rules.add(new Made("async", workers -> new Asynchronous()));
        rules.add(new Made("ssp", workers -> new StaleSynchronous(1)));
        rules.add(new Made("local", workers -> new LocalSgd(3)));
        rules.add(new Made("post-local", workers -> new PostLocalSgd(4, 30)));
        rules.add(new Made("diloco", workers -> DiLoCo.of(3)));
        rules.add(new Made("streaming", workers -> new StreamingDiLoCo(DiLoCo.of(4), 2, 2, 0.5, OuterBits.FP4)));
        rules.add(new Made("easgd", workers -> new ElasticAveraging(0.1, 3)));
        rules.add(new Made("ad-psgd", workers -> new AdPsgd(GossipTopology.COMPLETE)));
        rules.add(new Made("ad-psgd ring", workers -> new AdPsgd(GossipTopology.RING)));
        rules.add(new Made("fedavg", workers -> new FederatedAveraging((workers + 1) / 2, 2, 0.2, 8, List.of())));
        rules.add(new Made("fedavg all", workers -> new FederatedAveraging(workers, 2, 0.2, 1e9, List.of())));
        rules.add(new Made("pipedream", workers -> new PipeDream(2)));
        rules.add(new Made("pipemare", workers -> new PipeMare(2, 20, 2)));
        return rules;
    }

    /** Each worker fails and returns some times, also before it starts; all are back at the last failure plus 5 s. */
    private static Outages outages(int seed, int workers) {
        return (simulation, streams, down, up) -> {
            Random random = new Random(seed);
            int fall = simulation.register((now, index) -> down.accept(index));
            int rise = simulation.register((now, index) -> up.accept(index));
            boolean grid = random.nextBoolean();
            for (int worker = 0; worker < workers; worker++) {
                double clock = 0;
                while (random.nextInt(6) > 0) {
                    clock += grid ? random.nextInt(60) / 10.0 : random.nextDouble() * 6;
                    double back = clock + (grid ? random.nextInt(40) / 10.0 : random.nextDouble() * 4);
                    if (clock > LAST_FAILURE) {
                        break;
                    }
                    simulation.schedule(Math.round(clock * 1e9), random.nextInt(-20, 20), fall, worker);
                    simulation.schedule(Math.round(back * 1e9), random.nextInt(-20, 20), rise, worker);
                    clock = back;
                }
                simulation.schedule(Math.round((LAST_FAILURE + 5) * 1e9), 30, rise, worker);
            }
        };
    }

    @ParameterizedTest
    @MethodSource("rules")
    void updatesGoOnWhenAllAreBack(Made made) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            int workers = 2 + random.nextInt(5);
            ComputeLaw law = random.nextBoolean()
                    ? ComputeLaw.of(new Fixed(1)).withSlower(random.nextBoolean() ? Map.of() : Map.of(0, 2.0))
                    : Designs.EXPONENTIAL;
            TrainingNetwork network = random.nextBoolean() ? TrainingNetwork.FREE : Designs.links(60);
            double end = LAST_FAILURE + 5 + PATIENCE;
            TrainingDesign design = Designs.with(
                            Designs.withRate(
                                    Designs.of(made.rule().apply(workers), workers, law, Limits.ofSeconds(end)), 0.01),
                            network)
                    .withOutages(outages(seed, workers));
            List<Double> updates = new ArrayList<>();
            TrainingOutcome outcome = TrainingRun.play(design, Designs.layers(8), Designs.STREAMS, updates::add);
            String what = made + " of seed " + seed;
            assertThat(outcome.seconds()).as(what).isEqualTo(end);
            assertThat(updates).as(what).anyMatch(at -> at > LAST_FAILURE + 5);
            assertThat(updates.get(updates.size() - 1)).as(what).isGreaterThan(end - PATIENCE / 2);
            assertThat(outcome.ledger().updates()).as(what).isEqualTo(updates.size());
        }
    }
}
