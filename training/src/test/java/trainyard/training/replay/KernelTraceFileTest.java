package trainyard.training.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelTraceFileTest {

    private static KernelTrace trace() {
        List<Kernel> kernels = new ArrayList<>();
        kernels.add(new Kernel.Gemm(2, 3, 4, 5, false, true, true));
        kernels.add(new Kernel.Windows(WindowOp.IM2COL, new Window(3, 2, 9, 7, 3, 2, 1, 5, 4)));
        kernels.add(new Kernel.Adam(24));
        kernels.add(new Kernel.Stream("set_scalar", 0, 7));
        for (ElementOp op : ElementOp.values()) {
            kernels.add(new Kernel.Elementwise(op, 6));
        }
        for (RowOp op : RowOp.values()) {
            kernels.add(new Kernel.Rows(op, 3, 4));
        }
        kernels.addAll(Collections.nCopies(3, kernels.get(0)));
        return new KernelTrace("all", "by hand", "none", 3, 24, kernels);
    }

    @Test
    void aTraceIsReadBackAsItWasWritten() {
        String text = KernelTraceFile.text(trace());

        assertThat(KernelTraceFile.parse("all.json", text)).isEqualTo(trace());
        assertThat(text)
                .contains("\n    {\"op\":\"gemm\",\"batch\":2,\"m\":3,\"n\":4,\"k\":5,\"transpose_a\":false")
                .endsWith(",18,[0,3]]\n}\n");
    }

    @Test
    void whatIsNoTraceIsRefusedWithItsFile() {
        String text = KernelTraceFile.text(trace());
        assertRefused("{\"schema\": ", "t.json:1:");
        assertRefused("[]", "t.json: a trace is a JSON object");
        assertRefused(
                text.replace("kernel-trace/1", "kernel-trace/9"), "t.json: schema must be trainyard/kernel-trace/1");
        assertRefused(text.replace("\"batch\": 3", "\"batch\": 3.5"), "batch must be a whole number");
        assertRefused(text.replace("\"m\":3", "\"m\":0"), "t.json: a size of a kernel is 1 or more, not 0");
        assertRefused(text.replace("\"op\":\"relu\"", "\"op\":\"rely\""), "unknown op in {\"op\":\"rely\"");
        assertRefused(text.replace("[0,3]", "[99,3]"), "sequence names no kernel by [99,3]");
        assertRefused(text.replace("[0,3]", "[0,2000000000]"), "more than 1000000 kernels");
        assertRefused(text.replace("\"job\"", "\"jab\""), "unknown key jab");
        assertThatThrownBy(() -> KernelTraceFile.read(Path.of("no-such-trace.json")))
                .isInstanceOf(KernelTraceException.class)
                .hasMessage("no-such-trace.json: there is no such file");
    }

    private static void assertRefused(String text, String message) {
        assertThatThrownBy(() -> KernelTraceFile.parse("t.json", text))
                .isInstanceOf(KernelTraceException.class)
                .hasMessageContaining(message);
    }
}
