package trainyard.training.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.training.network.CifarResNet18;
import trainyard.training.problem.ParameterBlock;

/** Counts by definition; those of PowerSGD on ResNet-18 give the megabytes an epoch of Vogels et al. 2019, Table 3. */
class MessageBytesTest {
    private static final List<ParameterBlock> RESNET = CifarResNet18.blocks();

    @Test
    void powerSgdSendsThinMatricesAndWholeVectors() {
        assertThat(Compression.values(RESNET)).isEqualTo(11_173_962);
        assertThat(bytes(new PowerSgd(2), RESNET)).isEqualTo(329_040);
        assertThat(bytes(new PowerSgd(8), RESNET)).isEqualTo(1_200_840);
        assertThat(11_173_962 / (bytes(new PowerSgd(2), RESNET) / 4.0)).isCloseTo(135.83712618526624, within(1e-9));
        assertThat(matricesRatio(1)).isCloseTo(307.34623537508605, within(1e-9));
        assertThat(matricesRatio(4)).isCloseTo(76.83655884377151, within(1e-9));
        assertThat(matricesRatio(16)).isCloseTo(19.31655731805221, within(1e-9));
        assertThat(new PowerSgd(2).values(new ParameterBlock("m", 0, 0, 10, 512)))
                .isEqualTo(1044);
        assertThat(new PowerSgd(4).values(new ParameterBlock("m", 0, 0, 4096, 4096)))
                .isEqualTo(32_768);
        assertThat(new PowerSgd(9).values(new ParameterBlock("m", 0, 0, 10, 10)))
                .as("dense is less")
                .isEqualTo(100);
    }

    private static double matricesRatio(int rank) {
        PowerSgd kind = new PowerSgd(rank);
        List<ParameterBlock> matrices =
                RESNET.stream().filter(block -> block.rows() > 1).toList();
        return (double) Compression.values(matrices)
                / matrices.stream().mapToLong(kind::values).sum();
    }

    @Test
    void othersCountValuesIndicesBitsAndScales() {
        assertThat(bytes(new NoCompression(), RESNET)).isEqualTo(44_695_848);
        assertThat(bytes(new Fp16(), RESNET)).isEqualTo(22_347_924);
        assertThat(bytes(new TopK(0.01), one(11_173_962))).isEqualTo(893_920);
        assertThat(bytes(new TopK(0.001), one(25_557_032))).isEqualTo(204_464);
        assertThat(bytes(new TopK(0.0001), one(125_000_000))).isEqualTo(100_000);
        assertThat(bytes(new SignSgd(), one(11_173_962))).isEqualTo(1_396_750);
        assertThat(bytes(new SignSgd(), one(125_000_000))).isEqualTo(15_625_004);
        assertThat(bytes(new SignSgd(), List.of(block(0, 9), block(9, 1))))
                .as("a scale each")
                .isEqualTo(2 + 4 + 1 + 4);
        assertThat(bytes(new Qsgd(4, 512), one(25_557_032))).isEqualTo(12_978_184);
    }

    @Test
    void linearMessagesAreSummedAndOthersGathered() {
        Message dense = new NoCompression().message(one(25_557_032));
        assertThat(dense.isLinear()).isTrue();
        assertThat(dense.ringBytes(8)).isEqualTo(178_899_224.0);
        Message few = new TopK(0.01).message(one(25_557_032));
        assertThat(few.isLinear()).isFalse();
        assertThat(few.gatheredBytes(8)).isEqualTo(14_311_976.0);
        assertThat(new PowerSgd(1).message(RESNET).isLinear()).isTrue();
        assertThat(new PowerSgd(1).message(RESNET).rounds()).isEqualTo(2);
        assertThat(new Fp16().message(RESNET).isLinear()).isTrue();
        assertThat(new SignSgd().message(RESNET).isLinear()).isFalse();
        assertThat(new Qsgd(4, 512).message(RESNET).isLinear()).isFalse();
    }

    /** Top-k that is gathered sends as much as a dense ring at a share of one over the workers. */
    @Test
    void gatheringPaysBelowOneOverTheWorkers() {
        List<ParameterBlock> blocks = one(1 << 20);
        double ring = new NoCompression().message(blocks).ringBytes(32);
        assertThat(new TopK(1.0 / 32).message(blocks).gatheredBytes(32)).isEqualTo(ring);
        assertThat(new TopK(1.0 / 64).message(blocks).gatheredBytes(32)).isLessThan(ring);
        assertThat(new TopK(1.0 / 16).message(blocks).gatheredBytes(32)).isGreaterThan(ring);
    }

    /** A matrix of 4 x 6 at rank 1: two products of 48 flops and 2 x 4 of Gram-Schmidt; the matrix is read twice. */
    @Test
    void workIsThatOfTheSteps() {
        List<ParameterBlock> blocks = List.of(new ParameterBlock("m", 0, 0, 4, 6));
        Message message = new PowerSgd(1).message(blocks);
        assertThat(message.encode()).isEqualTo(new Effort(2 * 96 + 2 * 40, 96 + 8));
        assertThat(message.decode()).isEqualTo(new Effort(96 + 40, 48));
        assertThat(new NoCompression().message(blocks).encode()).isEqualTo(Effort.NONE);
        assertThat(new Fp16().message(blocks).encode()).isEqualTo(new Effort(24 * 6, 24));
    }

    private static long bytes(Compression kind, List<ParameterBlock> blocks) {
        return kind.message(blocks).bytes();
    }

    private static List<ParameterBlock> one(int values) {
        return List.of(block(0, values));
    }

    private static ParameterBlock block(int offset, int values) {
        return new ParameterBlock("values", 0, offset, 1, values);
    }
}
