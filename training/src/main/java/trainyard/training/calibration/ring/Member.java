package trainyard.training.calibration.ring;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * One of the processes of a {@link LocalProcesses}: a ring with the others and a line to the process that started them.
 */
public final class Member implements AutoCloseable {

    private static final int SOCKET_BYTES = 1 << 19;

    private final int rank;
    private final int ranks;
    private final SocketChannel starter;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final SocketChannel next;
    private final SocketChannel previous;

    private Member(
            int rank,
            int ranks,
            SocketChannel starter,
            DataInputStream in,
            DataOutputStream out,
            SocketChannel[] ring) {
        this.rank = rank;
        this.ranks = ranks;
        this.starter = starter;
        this.in = in;
        this.out = out;
        this.next = ring[0];
        this.previous = ring[1];
    }

    /**
     * Joins the group whose starter listens at a port of this machine.
     *
     * @throws IOException if the starter or a neighbour is gone
     */
    static Member join(int rank, int ranks, int port) throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketChannel starter = connect(port);
            DataInputStream in = new DataInputStream(Channels.newInputStream(starter));
            DataOutputStream out = new DataOutputStream(Channels.newOutputStream(starter));
            out.writeInt(rank);
            out.writeInt(((InetSocketAddress) listener.getLocalAddress()).getPort());
            SocketChannel next = connect(in.readInt());
            SocketChannel previous = prepare(listener.accept());
            next.configureBlocking(false);
            previous.configureBlocking(false);
            return new Member(rank, ranks, starter, in, out, new SocketChannel[] {next, previous});
        }
    }

    private static SocketChannel connect(int port) throws IOException {
        return prepare(SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
    }

    static SocketChannel prepare(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BYTES);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BYTES);
        return channel;
    }

    public int rank() {
        return rank;
    }

    public int ranks() {
        return ranks;
    }

    /** All-reduce with the other members. */
    public RingAllReduce ring() {
        return new RingAllReduce(rank, ranks, next, previous);
    }

    /** What the starter says. */
    public DataInputStream in() {
        return in;
    }

    /** To the starter. */
    public DataOutputStream out() {
        return out;
    }

    @Override
    public void close() throws IOException {
        out.flush();
        next.close();
        previous.close();
        starter.close();
    }
}
