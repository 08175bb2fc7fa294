package trainyard.training.cuda.replay;

import java.util.List;
import trainyard.training.replay.AdamConstants;
import trainyard.training.replay.DeviceArray;
import trainyard.training.replay.ElementOp;
import trainyard.training.replay.Kernel;
import trainyard.training.replay.RowOp;
import trainyard.training.replay.WindowOp;

/** Which own kernel an operation is, and its arguments. */
final class CudaKernels {

    private static final int LANES = 32;
    /** Rows that one thread of a column sum adds up. */
    private static final int ROWS_OF_A_THREAD = 64;

    private static final int MOST_WAYS = 1024;

    private final CudaModule module;

    CudaKernels(CudaModule module) {
        this.module = module;
    }

    CudaLaunch nothing() {
        return launch("nothing").ready();
    }

    CudaLaunch prepare(Kernel kernel, List<DeviceArray> operands) {
        if (kernel instanceof Kernel.Elementwise elementwise) {
            return arrays(name(elementwise.operation()), operands, kernel)
                    .over(elementwise.elements())
                    .with(elementwise.elements())
                    .ready();
        } else if (kernel instanceof Kernel.Rows rows) {
            return rows(rows, operands);
        } else if (kernel instanceof Kernel.Windows windows) {
            return windows(windows, operands);
        } else if (kernel instanceof Kernel.Adam adam) {
            return arrays("adam", operands, kernel)
                    .over(adam.parameters())
                    .with(adam.parameters())
                    .with(AdamConstants.BETA_1)
                    .with(AdamConstants.BETA_2)
                    .with(AdamConstants.FIRST_RATE)
                    .with(AdamConstants.EPSILON)
                    .ready();
        } else if (kernel instanceof Kernel.Stream stream) {
            return arrays("stream", operands, kernel)
                    .over(stream.writes())
                    .with(stream.reads())
                    .with(stream.writes())
                    .ready();
        }
        throw new IllegalArgumentException("no own kernel for " + kernel);
    }

    private CudaLaunch rows(Kernel.Rows kernel, List<DeviceArray> operands) {
        CudaLaunch launch = arrays(kernel.operation().word(), operands, kernel);
        if (kernel.operation() == RowOp.COLUMN_SUM) {
            int ways = Math.max(1, Math.min(MOST_WAYS, kernel.rows() / ROWS_OF_A_THREAD));
            launch.over(kernel.columns()).shared(ways).clearing(operands.get(1));
        } else {
            launch.over((long) kernel.rows() * (kernel.operation() == RowOp.SOFTMAX ? LANES : kernel.columns()));
        }
        return launch.with(kernel.rows()).with(kernel.columns()).ready();
    }

    private CudaLaunch windows(Kernel.Windows kernel, List<DeviceArray> operands) {
        CudaLaunch launch = arrays(kernel.operation().word(), operands, kernel);
        if (kernel.operation() == WindowOp.MAX_POOL_GRADIENT) {
            launch.clearing(operands.get(2));
        }
        long elements = switch (kernel.operation()) {
            case IM2COL -> kernel.window().columns();
            case COL2IM -> kernel.window().inputs();
            case MAX_POOL, MAX_POOL_GRADIENT -> kernel.window().outputs();
        };
        return launch.over(elements).with(kernel.window()).ready();
    }

    private CudaLaunch arrays(String name, List<DeviceArray> operands, Kernel kernel) {
        CudaLaunch launch = launch(name);
        operands.subList(0, kernel.operands().size()).forEach(launch::with);
        return launch;
    }

    private CudaLaunch launch(String name) {
        return new CudaLaunch(module.function(name));
    }

    /** Two words are functions of C already. */
    private static String name(ElementOp operation) {
        return switch (operation) {
            case TANH -> "tanh_of";
            case LOG -> "log_of";
            default -> operation.word();
        };
    }
}
