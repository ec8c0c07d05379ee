/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.ByteBuffer;

/** The connection of a simulated switch. */
final class SwitchHandler extends SimpleChannelInboundHandler<ByteBuf> {
  private final SimulatedSwitch one;
  private final SimulatedSwitches all;

  SwitchHandler(SimulatedSwitch one, SimulatedSwitches all) {
    this.one = one;
    this.all = all;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    send(context, SimulatedSwitch.hello());
    context.flush();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
    ByteBuffer message = ByteBuffer.wrap(ByteBufUtil.getBytes(bytes));
    all.countReceived(message.get(1), message.limit());
    one.answers(message).forEach(answer -> send(context, answer));
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
  }

  private void send(ChannelHandlerContext context, ByteBuffer message) {
    all.countSent(message.get(1), message.limit());
    context.write(Unpooled.wrappedBuffer(message));
  }
}
