/** What a scripted party says and hears. */
interface ScriptedMedia {
  offer(): Promise<string>;
  answer(sdp: string): Promise<string>;
  accept(sdp: string): Promise<void>;
  close(): Promise<void>;
}

/** The media of a scripted party: a connection that sends a tone. */
export function scriptedMedia(): ScriptedMedia {
  const connection = new RTCPeerConnection();
  const audio = new AudioContext();
  const tone = new OscillatorNode(audio);
  const speaker = new MediaStreamAudioDestinationNode(audio);
  tone.connect(speaker);
  tone.start();
  for (const track of speaker.stream.getAudioTracks()) connection.addTrack(track, speaker.stream);
  const gathered = (): Promise<string> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (connection.iceGatheringState === 'complete') resolve(connection.localDescription?.sdp ?? '');
      };
      connection.addEventListener('icegatheringstatechange', look);
      look();
    });
  return {
    async offer(): Promise<string> {
      await connection.setLocalDescription(await connection.createOffer());
      return gathered();
    },
    async answer(sdp: string): Promise<string> {
      await connection.setRemoteDescription({ type: 'offer', sdp });
      await connection.setLocalDescription();
      return gathered();
    },
    accept: (sdp: string) => connection.setRemoteDescription({ type: 'answer', sdp }),
    async close(): Promise<void> {
      connection.close();
      await audio.close();
    },
  };
}
