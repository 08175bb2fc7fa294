package trainyard.parallel.step.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelModel;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.memory.MemoryComponent;
import trainyard.parallel.memory.MemoryModel;
import trainyard.parallel.model.Model;
import trainyard.parallel.model.preset.ModelPresets;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.model.transformer.Vocabulary;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.ChunkLayout;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.GradientCompression;
import trainyard.parallel.plan.GradientCompression.Method;
import trainyard.parallel.plan.GradientExchange;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.ParameterServers;
import trainyard.parallel.plan.PlanException;
import trainyard.parallel.plan.Sharding;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.step.AnalyticStepModel;
import trainyard.parallel.step.EventStepModel;
import trainyard.parallel.step.StepModel;
import trainyard.parallel.step.cost.StepCost;
import trainyard.parallel.step.cost.Term;
import trainyard.parallel.step.cost.TimeState;
import trainyard.sim.collective.Collective;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

/** Compressed gradients and parameter servers. */
class ReplicaExchangeTest {

    private static final HardwareCatalog CATALOG = HardwareCatalog.load();
    private static final ClusterSpec V100 = new ClusterSpec(CATALOG.node("DGX-2"), 4, CATALOG.fabric("IB EDR"));
    private final StepModel steps = new EventStepModel(NcclModel::on);

    private static TrainingJob job(Model model, int data, GradientExchange gradients, String software) {
        return job(model, data, gradients, software, V100);
    }

    private static TrainingJob job(
            Model model, int data, GradientExchange gradients, String software, ClusterSpec cluster) {
        return new TrainingJob(
                model,
                new Batch(data, 1, 224),
                PrecisionRecipe.FP32,
                ParallelPlan.of(Degrees.of(1, 1, data)).with(gradients),
                cluster,
                SoftwareProfiles.named(software));
    }

    private static TrainingJob resnet(int data, GradientExchange gradients) {
        return job(ModelPresets.named("resnet-50"), data, gradients, "composer-fsdp");
    }

    private static GradientExchange compressed(Method method, double ratio, int rank) {
        return GradientExchange.compressed(new GradientCompression(method, ratio, rank));
    }

    private static GradientTensors tensors(TrainingJob job) {
        ChunkLayout layout = ChunkLayout.of(job.model(), job.plan());
        return GradientTensors.of(job.model().layers(), layout, job.plan().split(), job.shard());
    }

    /**
     * Agarwal et al. 2022, table 2 (recalled): milliseconds to encode and decode ResNet-50 on a V100. By hand, of 161 tensors
     * of which 54 are matrices: 4 launches a tensor for signs, 10 + 5 r a matrix for PowerSGD of rank r, 26.6 us each; 9.3 ns
     * an element to choose among 25,557,032 and 11.4 ns for each that is kept, then the bytes of all messages.
     */
    @ParameterizedTest
    @CsvSource({
        "SIGN, 1, 1, 16, 17.1304",
        "POWERSGD, 1, 4, 45, 43.092",
        "POWERSGD, 1, 8, 64, 71.82",
        "POWERSGD, 1, 16, 130, 129.276",
        "TOP_K, 100, 1, 240, 240.5939",
        "TOP_K, 10, 1, 289, 266.8154",
        "TOP_K, 5, 1, 295, 295.9504"
    })
    void encodingTakesWhatIsPublished(Method method, double ratio, int rank, double published, double byHand) {
        TrainingJob job = resnet(4, compressed(method, ratio, rank));
        KernelModel kernels = new KernelModel(job.cluster().node().gpu(), job.precision(), job.software());
        GradientEncoder encoder = new GradientEncoder(job.plan().gradients().compression(), kernels, 26.6e-6, 4, 900e9);
        double elements = 25_557_032;
        double messages =
                kernels.stream(4 * elements / ratio * 16 + 4 * elements, 1).seconds();
        double millis = 1e3 * encoder.seconds(tensors(job), 4);

        assertThat(millis - (method == Method.TOP_K ? 1e3 * messages : 0)).isCloseTo(byHand, within(1e-4));
        assertThat(millis).isCloseTo(published, within(0.13 * published));
    }

    /** Few large tensors are bound by bytes: 36 of each element of a matrix, 2 x 4 + 8 + 5 / 8 for signs of four replicas. */
    @Test
    void largeTensorsAreBoundByMemory() {
        TrainingJob job = resnet(4, GradientExchange.PLAIN);
        KernelModel kernels = new KernelModel(job.cluster().node().gpu(), job.precision(), job.software());
        GradientTensors tensors = new GradientTensors(3e9, 2, 2e9, 1e5, 2e4, 1);

        assertThat(encoder(Method.POWERSGD, kernels).seconds(tensors, 4))
                .isEqualTo(kernels.stream(36 * 2e9, 1).seconds());
        assertThat(encoder(Method.SIGN, kernels).seconds(tensors, 4))
                .isEqualTo(kernels.stream(16.625 * 3e9, 1).seconds());
        assertThat(encoder(Method.ONE_BIT, kernels).seconds(tensors, 4))
                .isEqualTo(kernels.stream(24 * 3e9, 1).seconds());
        assertThat(encoder(Method.FP16, kernels).seconds(tensors, 4))
                .isEqualTo(kernels.stream(12 * 3e9, 1).seconds());
    }

    private static GradientEncoder encoder(Method method, KernelModel kernels) {
        return new GradientEncoder(new GradientCompression(method, 1, 1), kernels, 26.6e-6, 4, 900e9);
    }

    /** Elements of all layers, and r (rows + columns) of a matrix of 1000 x 2048 for the head. */
    @Test
    void tensorsAreThoseOfTheModel() {
        TrainingJob job = resnet(4, GradientExchange.PLAIN);
        GradientTensors tensors = tensors(job);

        assertThat(tensors.elements()).isCloseTo(job.model().parameters(), within(1.0));
        assertThat(tensors.matrices()).isEqualTo(54);
        assertThat(tensors.matrixElements()).isCloseTo(25.5e6, within(0.02 * 25.5e6));
    }

    /** A table of V x h is one matrix where input and output share it, else two; a Llama layer has seven others. */
    @ParameterizedTest
    @CsvSource({"true, 1", "false, 2"})
    void tablesAreMatricesAsOftenAsARankKeepsThem(boolean tied, int tables) {
        TransformerModel model =
                TransformerModel.llama("small", 2, 256, 1024, 4, 4, 51_200).with(new Vocabulary(51_200, tied));
        GradientTensors tensors = tensors(job(model, 4, GradientExchange.PLAIN, "composer-fsdp"));
        double products = 2 * (4.0 * 256 * 256 + 3.0 * 256 * 1024);

        assertThat(tensors.elements()).isEqualTo(model.parameters());
        assertThat(tensors.matrixElements()).isEqualTo(tables * 51_200.0 * 256 + products);
        assertThat(tensors.elements() - tensors.matrixElements()).isEqualTo(5 * 256);
    }

    @Test
    void messagesAreAsSmallAsTheMethodSays() {
        TrainingJob job = resnet(64, GradientExchange.PLAIN);
        RankPlacement placement = RankPlacement.on(V100, job.plan());
        NcclModel collectives = NcclModel.on(V100);
        GradientTensors tensors = new GradientTensors(8e6, 1, 8e6, 2000, 4000, 0);

        assertThat(new CompressedExchange(
                                new GradientCompression(Method.TOP_K, 1000, 1), collectives, placement.replicaGroup())
                        .seconds(tensors))
                .isEqualTo(collectives
                        .time(Collective.ALL_GATHER, 64 * 8 * 8e3, placement.replicaGroup())
                        .seconds());
        assertThat(new CompressedExchange(
                                new GradientCompression(Method.SIGN, 1, 1), collectives, placement.replicaGroup())
                        .seconds(tensors))
                .isEqualTo(collectives
                        .time(Collective.ALL_GATHER, 64 * 1e6, placement.replicaGroup())
                        .seconds());
    }

    @Test
    void statesSumToTheStepAndAgreeWithTheClosedForm() {
        for (Method method : Method.values()) {
            TrainingJob job = resnet(64, compressed(method, 100, 4));
            StepCost cost = steps.cost(job);
            double terms = cost.terms().stream().mapToDouble(Term::seconds).sum();

            assertThat(terms).isCloseTo(cost.seconds(), within(1e-9));
            assertThat(cost.share(TimeState.COMPRESSION) > 0).isEqualTo(method != Method.NONE);
            assertThat(new AnalyticStepModel(NcclModel::on).cost(job).seconds())
                    .isCloseTo(cost.seconds(), within(0.02 * cost.seconds()));
        }
    }

    /** latency + max(S / B, N S / (s B)): the servers' ports bound it until there are as many as worker nodes. */
    @Test
    void serversSaturateAtTheirPorts() {
        double node = V100.fabric().achievedFraction() * V100.node().scaleOutBytesPerSecond();
        for (int servers : new int[] {1, 2, 4, 8}) {
            TrainingJob job =
                    resnet(64, GradientExchange.through(new ParameterServers(servers, ParameterServers.Device.CPU, 0)));
            RankPlacement placement = RankPlacement.on(V100, job.plan());
            ServerExchange exchange = new ServerExchange(
                    job,
                    job.plan().gradients().servers().orElseThrow(),
                    NcclModel.on(V100),
                    new KernelModel(V100.node().gpu(), job.precision(), job.software()),
                    placement.replicaGroup());
            double local = NcclModel.on(V100)
                    .time(
                            Collective.REDUCE_SCATTER,
                            1e9,
                            trainyard.sim.collective.GroupShape.withinNode(
                                    placement.replicaGroup().ranksPerNode()))
                    .seconds();
            double expected = local + V100.fabric().latencySeconds() + 1e9 / node * Math.max(1, 4.0 / servers);

            assertThat(exchange.pushSeconds(1e9)).isCloseTo(expected, within(1e-9 * expected));
        }
    }

    /**
     * Racks push over the ports of all their trays, whether the trays or the rack are the cluster's nodes. Of more than one
     * rack a job takes 64 GPUs each where trays are the nodes, else all 72, so sums within take a little longer.
     */
    @ParameterizedTest
    @CsvSource({"8", "64", "128"})
    void aRackPushesOverThePortsOfAllItsTrays(int data) {
        double[] seconds = new double[2];
        for (boolean trays : new boolean[] {true, false}) {
            ClusterSpec cluster = new ClusterSpec(
                    CATALOG.node(trays ? "GB200 NVL72 tray" : "GB200 NVL72 rack"),
                    trays ? 36 : 2,
                    CATALOG.fabric("IB NDR"));
            TrainingJob job = job(
                    ModelPresets.named("resnet-50"),
                    data,
                    GradientExchange.through(new ParameterServers(4, ParameterServers.Device.GPU, 200e9)),
                    "composer-fsdp",
                    cluster);
            ServerExchange exchange = new ServerExchange(
                    job,
                    job.plan().gradients().servers().orElseThrow(),
                    NcclModel.on(cluster),
                    new KernelModel(cluster.node().gpu(), job.precision(), job.software()),
                    RankPlacement.on(cluster, job.plan()).replicaGroup());
            seconds[trays ? 0 : 1] = exchange.pushSeconds(1e9) + exchange.pullSeconds(1e9);
        }
        assertThat(seconds[0]).isCloseTo(seconds[1], within(0.02 * seconds[1]));
    }

    @Test
    void serversHoldTheOptimizersState() {
        GradientExchange through = GradientExchange.through(new ParameterServers(4, ParameterServers.Device.GPU, 0));
        TrainingJob job = resnet(64, through);
        StepCost cost = steps.cost(job);

        assertThat(MemoryModel.estimate(job).peak().bytes().get(MemoryComponent.OPTIMIZER_STATE))
                .isZero();
        assertThat(new AnalyticStepModel(NcclModel::on).cost(job).seconds())
                .isCloseTo(cost.seconds(), within(0.02 * cost.seconds()));
    }

    /** A ratio or rank that no method uses changes nothing. */
    @Test
    void whatIsNotCompressedIsPlain() {
        GradientExchange unused = compressed(Method.NONE, 100, 4);
        ParallelPlan sharded = ParallelPlan.of(Degrees.of(1, 1, 8)).with(Sharding.zero(2));

        assertThat(sharded.with(unused).gradients().isPlain()).isTrue();
        assertThat(steps.cost(resnet(64, unused)).seconds())
                .isEqualTo(steps.cost(resnet(64, GradientExchange.PLAIN)).seconds());
    }

    @Test
    void contradictionsNameTheKey() {
        GradientExchange sign = compressed(Method.SIGN, 1, 1);
        ParallelPlan sharded = ParallelPlan.of(Degrees.of(1, 1, 8)).with(Sharding.zero(2));
        assertThatThrownBy(() -> sharded.with(sign))
                .isInstanceOf(PlanException.class)
                .hasMessageStartingWith("compression needs zero: 0");
        ParameterServers servers = new ParameterServers(1, ParameterServers.Device.CPU, 0);
        assertThatThrownBy(() -> new GradientExchange(new GradientCompression(Method.SIGN, 1, 1), Optional.of(servers)))
                .hasMessageContaining("drop parameter-servers");
    }
}
