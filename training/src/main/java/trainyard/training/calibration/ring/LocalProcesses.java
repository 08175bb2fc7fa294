package trainyard.training.calibration.ring;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Java processes on this machine that run the same task, each with a line to this process. They share its class path and end
 * with it: a process whose line breaks stops.
 */
public final class LocalProcesses implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;
    private static final long POLL_MILLIS = 20;

    private final List<Process> processes = new ArrayList<>();
    private final List<SocketChannel> lines = new ArrayList<>();
    private final List<DataInputStream> inputs = new ArrayList<>();
    private final List<DataOutputStream> outputs = new ArrayList<>();
    private final Path messages;

    private LocalProcesses(Path messages) {
        this.messages = messages;
    }

    /** How many processes can each have a core of their own. */
    public static int mostProcesses() {
        return Runtime.getRuntime().availableProcessors();
    }

    /**
     * Starts the processes and joins them to a ring.
     *
     * @param ranks how many, at least 2 and at most {@link #mostProcesses}
     * @param task name of the {@link MemberTask} that each of them does
     * @param classPath besides that of this process; may be empty
     * @param arguments of the task
     * @throws IOException if they cannot be started or one of them fails at once
     */
    public static LocalProcesses start(int ranks, String task, String classPath, List<String> arguments)
            throws IOException {
        if (ranks < 2 || ranks > mostProcesses()) {
            throw new IllegalArgumentException(
                    ranks + " processes, where there must be 2 or more and at most one a core: " + mostProcesses());
        }
        LocalProcesses group = new LocalProcesses(Files.createTempFile("trainyard-processes", ".txt"));
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
            for (int rank = 0; rank < ranks; rank++) {
                group.processes.add(group.launch(rank, ranks, port, task, classPath, arguments));
            }
            group.meet(listener, ranks);
            return group;
        } catch (IOException failure) {
            group.close();
            throw failure;
        }
    }

    private Process launch(int rank, int ranks, int port, String task, String classPath, List<String> arguments)
            throws IOException {
        String own = System.getProperty("java.class.path");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                // The optimizing compiler wants a core of its own for minutes, and there are as many processes as
                // cores.
                "-XX:TieredStopAtLevel=1",
                // Arrays of ND4J are released by collections, of which one takes as long as a hundred small gradients.
                "-Xms1g",
                "-Xmx1g",
                "-Xmn640m",
                "-Djava.awt.headless=true",
                "-cp",
                classPath.isEmpty() ? own : own + File.pathSeparator + classPath,
                MemberMain.class.getName(),
                task,
                Integer.toString(rank),
                Integer.toString(ranks),
                Integer.toString(port)));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("OMP_NUM_THREADS", "1");
        return builder.redirectOutput(ProcessBuilder.Redirect.appendTo(messages.toFile()))
                .start();
    }

    /** Tells every process where the one behind it listens. */
    private void meet(ServerSocketChannel listener, int ranks) throws IOException {
        SocketChannel[] byRank = new SocketChannel[ranks];
        int[] ports = new int[ranks];
        for (int met = 0; met < ranks; met++) {
            SocketChannel line = Member.prepare(accept(listener));
            DataInputStream in = new DataInputStream(Channels.newInputStream(line));
            int rank = in.readInt();
            byRank[rank] = line;
            ports[rank] = in.readInt();
        }
        for (int rank = 0; rank < ranks; rank++) {
            lines.add(byRank[rank]);
            inputs.add(new DataInputStream(Channels.newInputStream(byRank[rank])));
            outputs.add(new DataOutputStream(Channels.newOutputStream(byRank[rank])));
            outputs.get(rank).writeInt(ports[(rank + 1) % ranks]);
        }
    }

    private SocketChannel accept(ServerSocketChannel listener) throws IOException {
        listener.configureBlocking(false);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() - deadline < 0) {
            SocketChannel line = listener.accept();
            if (line != null) {
                line.configureBlocking(true);
                return line;
            }
            if (processes.stream().anyMatch(process -> !process.isAlive())) {
                throw new IOException("a process of the group ended at once: " + lastMessage());
            }
            pause();
        }
        throw new IOException("the processes did not start within " + PATIENCE_SECONDS + " s: " + lastMessage());
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while processes start", interrupted);
        }
    }

    private String lastMessage() throws IOException {
        return Files.readAllLines(messages).stream().findFirst().orElse("it said nothing");
    }

    public int ranks() {
        return lines.size();
    }

    /** What a rank says. */
    public DataInputStream in(int rank) {
        return inputs.get(rank);
    }

    /** To a rank. */
    public DataOutputStream out(int rank) {
        return outputs.get(rank);
    }

    /** What went wrong, for a failure of a line: the first words of the processes beside it. */
    public IOException explained(IOException gone) throws IOException {
        return new IOException("a process of the group ended: " + lastMessage(), gone);
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel line : lines) {
            line.close();
        }
        for (Process process : processes) {
            end(process);
        }
        Files.deleteIfExists(messages);
    }

    private static void end(Process process) {
        try {
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(2, TimeUnit.SECONDS);
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
